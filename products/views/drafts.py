"""Fields of a dossier that save themselves; what is acknowledged is committed."""

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.utils import timezone

from foundation.ui.http import deed
from foundation.ui.templatetags.ui import hour
from foundation.ui.text import tidy
from products import actions
from products.forms import RegistrationForm
from products.models.dossiers import REGISTRATION
from products.views.dossiers import find


@deed
def field(request, code):
    """Save one field. 200 with its new version; 409 with what stands when it was saved elsewhere; 422 when refused."""
    dossier = find(request, code)
    name, version = request.POST.get("o", ""), request.POST.get("phien_ban", "")
    if name not in REGISTRATION:
        raise Http404
    try:
        value = _checked(name, tidy(request.POST.get("gia_tri", "")))
        number = int(version) if version.isdecimal() and len(version) < 9 else -1
        saved = actions.save_field(dossier, by=request.user, name=name, value=value, version=number)
    except actions.StaleField as refusal:
        current = {"text": refusal.text, "version": refusal.version}
        return JsonResponse({"message": " ".join(refusal.messages), "current": current}, status=409)
    except ValidationError as refusal:
        return JsonResponse({"message": " ".join(refusal.messages)}, status=422)
    return JsonResponse({"version": saved, "saved_at": hour(timezone.localtime())})


def _checked(name, value):
    """The value as the form would take it; a draft may be empty."""
    asked = RegistrationForm.base_fields[name]
    asked.run_validators(value)
    return value
