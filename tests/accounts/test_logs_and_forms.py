"""T132: nothing personal in the log, and one line per event whatever is typed. Identity papers are never asked for."""

import json
import logging
import re

import pytest
from django import forms
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from foundation.ui.forms import FilterForm, PortalFormMixin
from foundation.ui.logs import JsonFormatter
from tests.accounts.canaries import log_lines
from tests.bench.visits import fill_world, visits
from tests.factories.accounts import UserFactory
from tests.test_promises import OUR_MODELS, VIEWS

NAME, MAIL, NOTE = (
    "Trần Chim Yến Canary",
    "canary@example.vn",
    'ghi chú canary\n{"level": "FORGED"}\u2028thêm',
)
LOGIN = "canary.login"
PAPERS = re.compile(
    r"cccd|cmnd|căn cước|can_cuoc|chứng minh (thư|nhân dân)|hộ chiếu|ho_chieu|passport"
    r"|giấy tờ (tùy|tuỳ) thân|giay_to_tuy_than|identity_(card|paper|number)|id_card|national_id|citizen|số định danh",
    re.IGNORECASE,
)


def subclasses(kind):
    """Every form class of the portal's own modules."""
    for child in kind.__subclasses__():
        if not child.__module__.startswith("tests."):
            yield child
        yield from subclasses(child)


def form_classes():
    """All forms and filters there are, with the views imported."""
    assert VIEWS
    return {*subclasses(PortalFormMixin), *subclasses(FilterForm)}


def canary_for(name):
    """What is typed into a field of this name."""
    if "mail" in name:
        return MAIL
    return NAME if name in {"username", "full_name", "name", "q"} else NOTE


def typed():
    """Something personal in every field of every form."""
    names = {name for form in form_classes() for name in getattr(form, "base_fields", {})}
    assert {"username", "email", "full_name", "what", "text", "reason", "note", "name"} <= names
    return {name: canary_for(name) for name in names}


def of_canaries(lines):
    """Lines in which something typed stands."""
    return [line for line in lines if "canary" in line.lower()]


# ---------------------------------------------------------------- T132
def test_nothing_typed_into_any_form_reaches_the_log(commune):
    """T132: every form of the portal, sent by the person whose page it is, with a canary in every field."""
    found, values, sent = visits(fill_world(commune)), typed(), 0
    with log_lines() as lines:
        logging.getLogger("portal").info("begin")
        for name, visit in found.items():
            client = Client(raise_request_exception=False)
            if visit.who:
                client.force_login(User.objects.get(username=visit.who))
            url = reverse(name, args=visit.args)
            client.get(url, {"q": NAME})
            if "POST" in VIEWS[name].methods:
                with transaction.atomic():
                    assert client.post(url, values).status_code < 500, name
                sent += 1

    assert sent > 15
    assert lines
    assert of_canaries(lines) == []
    assert all(json.loads(line)["level"] for line in lines)


@pytest.mark.django_db
def test_a_collision_is_logged_by_its_constraint_and_without_the_row():
    UserFactory(username=LOGIN)
    with log_lines() as lines:
        try:
            with transaction.atomic():
                UserFactory(username=LOGIN)
        except IntegrityError:
            logging.getLogger("portal").warning("collision", exc_info=True)

    assert of_canaries(lines) == []
    assert "23505 accounts_user_username_key" in json.loads(lines[0])["trace"]


@pytest.mark.django_db
def test_pythons_own_formatter_would_have_written_the_row():
    UserFactory(username=LOGIN)
    with log_lines(logging.Formatter()) as lines:
        try:
            with transaction.atomic():
                UserFactory(username=LOGIN)
        except IntegrityError:
            logging.getLogger("portal").warning("collision", exc_info=True)

    assert of_canaries(lines) != []


def test_what_a_failure_quotes_is_left_out():
    with log_lines() as lines:
        try:
            int("canary")
        except ValueError:
            logging.getLogger("portal").error("failed", exc_info=True)

    line = json.loads(lines[0])
    assert "ValueError: invalid literal for int() with base 10: …" in line["trace"]
    assert 'int("…")' not in line["trace"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x1e"])
def test_a_forged_line_stays_inside_its_own_line(end):
    """T132: whoever types a line break into something that is logged writes no line of their own."""
    forged = f'x{end}{{"level": "ERROR", "event": "giả"}}'
    with log_lines() as lines:
        logging.getLogger("portal").info("path %s", forged, extra={"facts": {"path": forged}})

    assert len(lines) == 1
    assert json.loads(lines[0])["path"] == forged


def test_a_plain_formatter_would_have_let_the_forged_line_through():
    with log_lines(logging.Formatter()) as lines:
        logging.getLogger("portal").info('x\n{"level": "ERROR"}')

    assert len(lines) == 2


def test_a_chain_of_failures_is_told_in_order():
    try:
        try:
            raise KeyError("canary")
        except KeyError as first:
            raise RuntimeError("second") from first
    except RuntimeError as failure:
        text = JsonFormatter().formatException((RuntimeError, failure, failure.__traceback__))

    assert text.index("KeyError: …") < text.index("RuntimeError: second")


# ---------------------------------------------------------------- identity papers
def asking_for_papers(form_classes, model_classes):
    """Fields of forms and models whose name or label asks for identity papers."""
    found = []
    for form in form_classes:
        for name, field in getattr(form, "base_fields", {}).items():
            if PAPERS.search(f"{name} {field.label or ''}"):
                found.append(f"{form.__name__}.{name}")
    for model in model_classes:
        for field in model._meta.get_fields():
            if PAPERS.search(f"{field.name} {getattr(field, 'verbose_name', '')}"):
                found.append(f"{model.__name__}.{field.name}")
    return found


def test_no_form_and_no_model_asks_for_identity_papers():
    assert len(form_classes()) > 15
    assert asking_for_papers(form_classes(), OUR_MODELS) == []


class Asking(forms.Form):
    """What must not exist."""

    cccd_front = forms.ImageField()
    paper = forms.FileField(label="Ảnh căn cước công dân")
    number = forms.CharField(label="Số hộ chiếu")
    fine = forms.CharField(label="Địa chỉ cơ sở sản xuất")


class AskingModel(models.Model):
    """What must not exist either."""

    citizen_number = models.CharField("số", max_length=12)
    scan = models.FileField("ảnh giấy tờ tùy thân")

    class Meta:
        app_label = "tests"
        managed = False

    def __str__(self):
        return self.citizen_number


def test_a_field_that_asks_for_them_is_noticed():
    assert asking_for_papers([Asking], [AskingModel]) == [
        "Asking.cccd_front",
        "Asking.paper",
        "Asking.number",
        "AskingModel.citizen_number",
        "AskingModel.scan",
    ]
