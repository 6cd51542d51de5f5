"""How to reach the routes of people: accounts, invitations, personal data, notices, places, the trail, signing in.

``own`` is the producer's or lies in its commune, ``other_district`` belongs to the officer of the other district or
lies there (tests/rights/world_people.py).
"""

from django.contrib.auth.tokens import default_token_generator
from django.core import signing as seals
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.actions.own_account import SALT
from accounts.models import NoticeGroup, User
from tests.rights.places import AWAY, MISSING, NO_CODE, NO_NUMBER, OWN, Place, nothing, plain, texts

NO_KEY = 10**9
WHY = texts(reason="Lý do thử.")


def of_personal(kind, *missing, args=lambda record: (record.code,)):
    """One place for each row of this kind, and one that does not exist."""

    def places(world):
        rows = getattr(world.personal, kind)
        return [*(Place(name, args(row), row) for name, row in rows.items()), Place(MISSING, missing)]

    return places


colleagues = of_personal("colleagues", NO_CODE, args=lambda user: (user.username,))
invitations = of_personal("invitations", NO_NUMBER)
requests = of_personal("requests", NO_CODE)
letters = of_personal("letters", NO_NUMBER)
resets = of_personal("resets", NO_KEY, args=lambda row: (row.pk,))
ended = of_personal("ended", "99999-20240101", args=lambda unit: (unit.slug,))
charges = of_personal("charges", NO_CODE, NO_KEY, args=lambda row: (row.user.username, row.pk))


def some_charges(world):
    """A role of each colleague, and a foreign one under the name of one's own colleague."""
    rows = world.personal.charges
    return [*charges(world), Place("mixed", (rows[OWN].user.username, rows[AWAY].pk), rows[AWAY])]


def links(world):
    """An invitation that waits, one that was taken back, and none."""
    return [Place(name, (token,)) for name, token in world.personal.links.items()] + [
        Place(MISSING, (NO_CODE,))
    ]


def with_sheet(world):
    """The list, and the list as a workbook."""
    return [Place(""), Place("xlsx", query="?tep=xlsx")]


def stories(world):
    """The story of a foreign idea, of one's own, of one that is not, of a kind that is not."""
    found = [
        Place(name, ("products.idea", world.tenants[name].ideas["submitted"].pk)) for name in (OWN, AWAY)
    ]
    return [*found, Place(MISSING, ("products.idea", NO_KEY)), Place("no_kind", ("khong.co", 1))]


def search(world):
    return [Place("", query="?q=phu+van")]


def lost(world):
    """The product that waits to be assigned, ticked on the page of its former unit."""
    return [
        *(
            Place(
                name,
                (unit.slug,),
                world.personal.lost[name],
                query=f"?chon=product:{world.personal.lost[name].code}",
            )
            for name, unit in world.personal.ended.items()
        ),
        Place(MISSING, ("99999-20240101",)),
    ]


def email_links(world):
    """The link in the letter to the producer's new address, and one that nobody made."""
    owner = world.people["producer"]
    held = {"person": owner.pk, "email": "moi@example.org", "instead_of": owner.email}
    return [Place(OWN, (seals.dumps(held, salt=SALT),)), Place(MISSING, (NO_CODE,))]


def password_links(world):
    """The link in the letter to the producer who forgot the password, and a wrong one."""
    owner = User.objects.get(pk=world.people["producer"].pk)  # as it is now: the link knows the last sign-in
    uid = urlsafe_base64_encode(force_bytes(owner.pk))
    return [
        Place(OWN, (uid, default_token_generator.make_token(owner))),
        Place(MISSING, (uid, NO_CODE)),
    ]


def roles(world):
    """A role of one's own, and somebody else's."""
    return [Place(OWN), Place(AWAY)]


def provider(world):
    """No other system is connected; one that is, is met in tests/accounts/test_single_sign_on.py."""
    return [Place(MISSING, (NO_CODE,))]


PLACES = {
    "notices": plain,
    "account_login": plain,
    "mfa_authenticate": plain,
    "account_reset_password": plain,
    "account_reset_password_done": plain,
    "account_reset_password_from_key": password_links,
    "openid_connect_login": provider,
    "openid_connect_callback": provider,
    "account_logout": plain,
    "account_reauthenticate": plain,
    "mfa_reauthenticate": plain,
    "mfa_reauthenticate_webauthn": plain,
    "account_change_password": plain,
    "usersessions_list": plain,
    "mfa_index": plain,
    "mfa_activate_totp": plain,
    "mfa_square": plain,
    "mfa_deactivate_totp": plain,
    "mfa_add_webauthn": plain,
    "mfa_remove_webauthn": of_personal("passkeys", NO_KEY, args=lambda row: (row.pk,)),
    "mfa_view_recovery_codes": plain,
    "mfa_generate_recovery_codes": plain,
    "accounts:roles": plain,
    "accounts:role_choice": roles,
    "accounts:looking_end": plain,
    "accounts:people": with_sheet,
    "accounts:person": colleagues,
    "accounts:charge_new": colleagues,
    "accounts:charge_end": some_charges,
    "accounts:handing_over": colleagues,
    "accounts:closing": colleagues,
    "accounts:looking": colleagues,
    "accounts:end_sessions": colleagues,
    "accounts:invitations": plain,
    "accounts:invitation_new": plain,
    "accounts:invitation": invitations,
    "accounts:invitation_withdrawal": invitations,
    "accounts:joining": links,
    "accounts:trail": with_sheet,
    "accounts:trail_record": stories,
    "accounts:register": plain,
    "accounts:my_data": plain,
    "accounts:my_data_copy": plain,
    "accounts:my_data_file": of_personal("copies", NO_NUMBER),
    "accounts:request_new": plain,
    "accounts:consent": plain,
    "accounts:consent_withdrawal": plain,
    "accounts:data_requests": plain,
    "accounts:data_request": requests,
    "accounts:request_answer": requests,
    "accounts:request_fulfilment": requests,
    "accounts:request_refusal": requests,
    "accounts:notices_reading": plain,
    "accounts:notice_settings": plain,
    "accounts:notice_opening": of_personal("notices", NO_NUMBER),
    "accounts:letters": plain,
    "accounts:letter": letters,
    "accounts:letter_resending": letters,
    "accounts:area_search": search,
    "accounts:waiting": plain,
    "accounts:waiting_from": ended,
    "accounts:placement": lost,
    "accounts:demo_codes": plain,
    "accounts:profile": plain,
    "accounts:email": plain,
    "accounts:email_confirmation": email_links,
    "accounts:other_sessions_end": plain,
    "accounts:session_end": of_personal("sessions", NO_KEY, args=lambda row: (row.pk,)),
    "accounts:factor_resets": plain,
    "accounts:factor_reset_confirm": resets,
    "accounts:factor_reset_decline": resets,
}


def role_choice(world, place, role):
    """A charge of one's own; at the other place somebody else's."""
    user = world.people.get(role)
    charge = user.assignments.first() if user and place.label == OWN else world.personal.charges[AWAY]
    return {"vai_tro": charge.pk if charge else 0}


def heir(world, place, role):
    """All work to the province's officer, at once."""
    return {"to": world.people["province_officer"].username, "reason": "Nghỉ hưu", "xac-nhan": "1"}


def placement(world, place, role):
    """The ticked product goes to a commune of the same district."""
    home = world.tenants[place.label if place.label in world.personal.ended else OWN].entity.area
    return {
        "chon": f"product:{place.record.code}" if place.record else "product:khong-co",
        "buoc": "xac-nhan",
        "unit": home.pk,
        "reason": "Cơ sở ở tổ 3",
        "source": "Nghị quyết thử",
    }


def forgetful(world, place, role):
    """A colleague of the district lost the telephone."""
    return {"username": world.personal.colleagues["same_district"].username, "reason": "Gặp trực tiếp"}


CHARGE = {"role": "producer", "start": "2024-10-15"}
CODE = texts(code="000000")
PASSWORD = "mot-cau-that-dai-de-nho"

BODIES = {
    "account_login": texts(username="khong-co", password="khong-dung"),
    "mfa_authenticate": CODE,
    "account_reset_password": texts(typed="khong-co"),
    "account_reset_password_from_key": texts(new_password=PASSWORD),
    "openid_connect_login": nothing,
    "openid_connect_callback": nothing,
    "account_logout": nothing,
    "account_reauthenticate": texts(password="khong-dung"),
    "mfa_reauthenticate": CODE,
    "mfa_reauthenticate_webauthn": texts(credential="{}"),
    "account_change_password": texts(old_password="khong-dung", new_password=PASSWORD),
    "mfa_activate_totp": CODE,
    "mfa_deactivate_totp": nothing,
    "mfa_add_webauthn": texts(name="Khóa", credential="{}"),
    "mfa_remove_webauthn": nothing,
    "mfa_view_recovery_codes": nothing,
    "mfa_generate_recovery_codes": nothing,
    "accounts:role_choice": role_choice,
    "accounts:looking_end": nothing,
    "accounts:charge_new": texts(**CHARGE),
    "accounts:charge_end": WHY,
    "accounts:handing_over": heir,
    "accounts:closing": WHY,
    "accounts:looking": WHY,
    "accounts:end_sessions": nothing,
    "accounts:invitation_new": texts(full_name="Người Thử", **CHARGE),
    "accounts:invitation_withdrawal": nothing,
    "accounts:joining": texts(username="nguoi.moi", full_name="Người Mới", password=PASSWORD, again=PASSWORD),
    "accounts:my_data_copy": nothing,
    "accounts:request_new": texts(kind="access", what="Cho tôi bản sao."),
    "accounts:consent": texts(purposes="thu-dien-tu"),
    "accounts:consent_withdrawal": nothing,
    "accounts:request_answer": texts(text="Sẽ làm."),
    "accounts:request_fulfilment": texts(full_name="Tên Đã Sửa", title="", email="", text="Đã sửa."),
    "accounts:request_refusal": WHY,
    "accounts:notices_reading": nothing,
    "accounts:notice_settings": texts(**{group.value: "none" for group in NoticeGroup}),
    "accounts:notice_opening": nothing,
    "accounts:letter_resending": nothing,
    "accounts:placement": placement,
    "accounts:email": texts(email="moi@example.org"),
    "accounts:email_confirmation": nothing,
    "accounts:other_sessions_end": nothing,
    "accounts:session_end": nothing,
    "accounts:factor_resets": forgetful,
    "accounts:factor_reset_confirm": nothing,
    "accounts:factor_reset_decline": nothing,
}
