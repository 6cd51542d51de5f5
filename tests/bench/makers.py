"""Producers' pages for the budgets: name of the page → who reads it, with which arguments."""

from django.core.files.base import ContentFile

from accounts.models import User
from entities.actions.members import invite
from entities.models import EntityStatus
from tests.factories.entities import EntityFactory, EntityPhotoFactory, SignUpFactory


def maker_visits(maker, rows):
    """The list, one record, its people, sign-ups, suspects and merging; ``maker`` is chuthe.tracvan's."""
    who, mine = "canboxa", "chuthe.tracvan"
    maker.status = EntityStatus.PARTICIPATING
    maker.logo.save("a.jpg", ContentFile(b"jpeg"))
    twin = EntityFactory(area=maker.area, name=maker.name)
    photo = EntityPhotoFactory(entity=maker, image=ContentFile(b"jpeg", name="a.jpg"))
    signup = SignUpFactory.create_batch(rows, area=maker.area)[0]
    facts = {"full_name": "Người Được Mời", "role": "editor"}
    _, token = invite(maker, by=User.objects.get(username=mine), **facts)
    code, sent = (maker.code,), (signup.code,)
    own = ("producer_edit", "producer_year", "producer_photo_new", "members", "member_invite")
    found = {
        "producers": ("canbotinh",),
        "producer": (who, code),
        "producer_new": (who,),
        "producer_status": (who, code),
        "duplicates": (who,),
        "merger": (who, (twin.code, maker.code)),
        "signups": (who,),
        "signup": (who, sent),
        "signup_refusal": (who, sent),
        "signing_up": (),
        "member_joining": ("", (token,)),
        "producer_public": ("", code),
        "producer_logo": ("", code),
        "producer_photo": ("", (*code, photo.code)),
        **{name: (mine, code) for name in own},
    }
    return {f"entities:{name}": facts for name, facts in found.items()}
