"""Small addresses to try the shared page tools on."""

from django import forms
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.urls import include, path

from foundation.ui import exports
from foundation.ui.forms import FilterForm
from foundation.ui.http import form_page, page
from foundation.ui.lists import render_list


class SessionFilter(FilterForm):
    SEARCH = ("session_key",)
    LOOKUPS = {"starts": "session_key__startswith"}
    SORTS = {"ma": ("Mã", "session_key"), "-ma": ("Mã ngược", "-session_key")}

    starts = forms.ChoiceField(
        label="Bắt đầu", required=False, choices=[("", "Tất cả"), ("a", "a"), ("b", "b")]
    )


def sheet(rows):
    return exports.Sheet("danh-sach", ["Mã"], ([row.session_key] for row in rows))


@page(public=True)
def rows(request):
    return render_list(
        request,
        "tests_ui",
        Session.objects.all(),
        SessionFilter,
        per_page=10,
        export=sheet,
        context={"frame": "public.html"},
    )


@form_page(public=True)
def typed(request):
    return HttpResponse(request.POST.get("ten", ""))


@page(public=True)
def database_gone(request):
    raise OperationalError("server closed the connection")


@page(public=True)
def connection_gone(request):
    raise InterfaceError("connection already closed")


@page(public=True)
def mistake(request):
    raise ValueError("a mistake of ours")


@page(public=True)
def not_allowed(request):
    raise PermissionDenied


urlpatterns = [
    path("ds/", rows, name="rows"),
    path("go/", typed, name="typed"),
    path("mat-csdl/", database_gone),
    path("mat-noi/", connection_gone),
    path("loi/", mistake),
    path("cam/", not_allowed),
    path("", include("ocop_portal.urls")),
]
handler400 = "foundation.ui.errors.bad_request"
handler403 = "foundation.ui.errors.permission_denied"
handler404 = "foundation.ui.errors.page_not_found"
handler500 = "foundation.ui.errors.server_error"
