"""Pages of a producer's people: inviting, taking up, leaving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.forms.people import JoinForm
from accounts.permissions import require
from accounts.views.signing import enter
from entities import permissions
from entities.actions import members as actions
from entities.forms.members import MemberInviteForm
from entities.models import EntityInvitation, Membership
from entities.views.facts import find_producer
from foundation.ui.http import carried_out, deed, form_page, page, perform

LINK = "lien_ket_chu_the"  # the link that was just made waits in the session for the one page that shows it


@page
def members(request, code):
    """Who acts for the producer, and who is invited; right after an invitation, its link, this once."""
    record, user = find_producer(request, code), request.user
    require(permissions.may_see_members(user, record))
    made, token = request.session.get(LINK, ("", ""))
    link = ""
    if made == code:
        link = actions.link_of(token)
        del request.session[LINK]
    context = {
        "producer": record,
        "people": record.memberships.select_related("user").order_by("pk"),
        "invitations": record.invitations.for_list().open(),
        "link": link,
        "can": {
            "manage": permissions.may_manage_members(user, record),
            "hand_over": permissions.may_hand_over(user, record),
        },
    }
    return render(request, "entities/producers/members.html", context)


@form_page
def member_invite(request, code):
    """Make a link by which a person begins to act for the producer."""
    record, user = find_producer(request, code), request.user
    hand_over = not permissions.may_manage_members(user, record)
    require(not hand_over or permissions.may_hand_over(user, record))
    form = MemberInviteForm(request.POST or None, hand_over=hand_over)
    if form.is_valid() and carried_out(form, actions.invite, record, by=user, **form.cleaned_data):
        request.session[LINK] = [code, form.outcome[1]]
        return redirect("entities:members", code)
    context = {
        "form": form,
        "producer": record,
        "title": "Bàn giao hồ sơ" if hand_over else "Mời người của chủ thể",
    }
    return render(request, "entities/producers/small_form.html", context)


@deed
def member_removal(request, code, number):
    """A person no longer acts for the producer."""
    record = find_producer(request, code)
    row = get_object_or_404(Membership, entity=record, pk=number)
    back = reverse("desk") if row.user_id == request.user.pk else reverse("entities:members", args=[code])
    return perform(request, actions.remove_member, row, done="Đã bỏ người của chủ thể.", goes_to=back)


@deed
def invitation_withdrawal(request, code, number):
    """Take an invitation back."""
    record = find_producer(request, code)
    row = get_object_or_404(EntityInvitation, entity=record, code=number)
    back = reverse("entities:members", args=[code])
    return perform(request, actions.withdraw_invitation, row, done="Đã thu hồi lời mời.", goes_to=back)


@form_page(public=True)
def member_joining(request, token):
    """The page behind the link of an invitation."""
    found = EntityInvitation.objects.of_token(token).for_list().first()
    if found is None or found.refusal:
        actions.note_refusal(found)
        context = {"refusal": found.refusal if found else "Liên kết này không đúng hoặc không đầy đủ."}
        return render(request, "accounts/invitations/void.html", context, status=410 if found else 404)
    if request.user.is_authenticated:
        return _take_up(request, found)
    form = JoinForm(request.POST or None, initial={"full_name": found.full_name})
    if form.is_valid() and carried_out(form, actions.join, found, **form.cleaned_data):
        return enter(request, form.outcome, reverse("entities:producer", args=[found.entity.code]))
    context = {"invitation": found, "form": form, "agreed": actions.AGREED}
    return render(request, "entities/producers/join.html", context)


def _take_up(request, found):
    """Somebody who is signed in: one button."""
    if request.method == "POST":
        if request.user.looked_through_by is not None:
            raise Http404
        done = f"Từ nay bạn là {found.get_role_display().lower()} của {found.entity}."
        response = perform(request, actions.take_up, found, done=done, goes_to=reverse("desk"))
        messages.info(request, "Chọn vai trò chủ thể ở góc trên bên phải nếu bạn có nhiều vai trò.")
        return response
    context = {"invitation": found, "agreed": actions.AGREED}
    return render(request, "entities/producers/take_up.html", context)
