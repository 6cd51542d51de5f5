"""The square that a phone scans: the key of this session, from an address of its own."""

import io
import time

import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image

from accounts.models import Role
from tests.accounts.conftest import code_at, person_with_password, signed_in
from tests.factories.accounts import AssignmentFactory


@pytest.fixture
def new_officer(commune):
    """An officer who has no second factor yet."""
    user = person_with_password("moi")
    AssignmentFactory(user=user, role=Role.COMMUNE_OFFICER, area=commune, factor=False)
    return user


@pytest.mark.django_db(transaction=True)
def test_the_square_holds_the_key_of_this_session_and_is_gone_afterwards(new_officer):
    client = signed_in(new_officer)
    assert client.get(reverse("mfa_square")).status_code == 404
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    answer = client.get(reverse("mfa_square"))

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(b"".join(answer.streaming_content))))
    assert f"secret={secret}" in code.text
    assert "no-store" in answer["Cache-Control"]
    client.post(reverse("mfa_activate_totp"), {"code": code_at(time.time(), secret)})
    assert client.get(reverse("mfa_square")).status_code == 404
