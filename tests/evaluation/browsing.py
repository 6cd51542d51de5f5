"""Signing in, addresses, and what the page sends for one choice."""

from django.urls import reverse

from tests.evaluation.stories import sheet_of

JSON = {"Accept": "application/json"}


def url(name, case, *more):
    """The address of one of the case's pages."""
    return reverse(f"evaluation:{name}", args=[case.code, *more])


def choice(case, user, code="1.4", key="1.4:2", version=0, **more):
    """What the page sends for one choice."""
    sheet = sheet_of(case, user)
    return {"phieu": sheet.pk, "tieu_chi": code, "chon": key, "phien_ban": version, "ghi_chu": "", **more}
