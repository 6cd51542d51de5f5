"""What people call their files (T88, T122, T123)."""

import unicodedata

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from foundation.files.names import LONGEST, clean_name
from tests.factories.files import UploadFactory

CASES = {
    "giấy phép.pdf": "giấy phép.pdf",
    unicodedata.normalize("NFD", "giấy phép.pdf"): "giấy phép.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\a\\anh.jpg": "anh.jpg",
    "a\r\nSet-Cookie: b=1.pdf": "aSet-Cookie_ b=1.pdf",
    'a"b.pdf': "a_b.pdf",
    "anh\u202egpj.exe": "anhgpj.exe",
    "a\u200bb\u200f.pdf": "ab.pdf",
    "a\x00b.pdf": "ab.pdf",
    "..": "tep",
    "": "tep",
    "...bí mật.pdf.": "bí mật.pdf",
    "con.pdf": "_con.pdf",
    "NUL": "_NUL",
    "a/": "tep",
    "\ud800a.pdf": "a.pdf",
    "x" * 300 + ".pdf": "x" * (LONGEST - 4) + ".pdf",
    "x" * 300: "x" * LONGEST,
    "a." + "y" * 300: "a." + "y" * (LONGEST - 2),
}


@pytest.mark.parametrize("name", CASES, ids=range(len(CASES)))
def test_a_name_becomes_plain_text_on_one_line(name):
    assert clean_name(name) == CASES[name]


@given(st.text(max_size=400))
def test_whatever_is_typed_the_name_can_be_kept_and_cleaning_again_changes_nothing(name):
    clean = clean_name(name)
    assert 1 <= len(clean) <= LONGEST
    assert unicodedata.is_normalized("NFC", clean)
    assert not set(clean) & set('/\\\r\n\t\x00"<>:|?*')
    assert clean_name(clean) == clean


@pytest.mark.django_db
def test_the_database_keeps_names_in_one_form():
    UploadFactory(name="giấy.pdf")
    with pytest.raises(IntegrityError, match="upload_name_is_nfc"), transaction.atomic():
        UploadFactory(name=unicodedata.normalize("NFD", "giấy.pdf"))
