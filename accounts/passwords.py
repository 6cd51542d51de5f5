"""What a password must be: long, and not what everybody would guess. No forced mixtures, no forced change."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from foundation.ui.text import plain

LONGEST = 256  # more than anybody types, little enough to hash
COMMON = "Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn mật khẩu khác, ví dụ vài từ ngẫu nhiên ghép lại."
SIMILAR = "Mật khẩu quá giống tên hoặc địa chỉ thư của bạn. Hãy chọn mật khẩu khác."
LOCAL = "Mật khẩu có từ “{word}”, là từ ai cũng đoán được ở đây. Hãy chọn từ khác."
HELP = "Ít nhất 12 ký tự, dài bao nhiêu cũng được; không dùng từ dễ đoán như tên tỉnh, OCOP, 123456."
WORDS = ("ocop", "sanpham", "hoidong", "matkhau", "password", "vietnam", "admin", "123456", "qwerty")


class LongEnough(MinimumLengthValidator):
    """At least twelve characters."""

    def get_error_message(self):
        return f"Mật khẩu cần ít nhất {self.min_length} ký tự."

    def get_help_text(self):
        return HELP


class NotCommon(CommonPasswordValidator):
    """Not one of the 20,000 that are tried first."""

    def get_error_message(self):
        return COMMON


class NotAboutThePerson(UserAttributeSimilarityValidator):
    """Not the person's own name, user name or address."""

    DEFAULT_USER_ATTRIBUTES = ("username", "full_name", "email")

    def __init__(self):
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self):
        return SIMILAR


class NotALocalWord:
    """Words that everybody here thinks of first, with or without accents: the programme, the province."""

    def validate(self, password, user=None):
        """Refuse when one of the words makes up the password; a long sentence may contain one."""
        bare = squeezed(password)
        for word in (*WORDS, squeezed(settings.PROVINCE_NAME)):
            if word in bare and len(bare.replace(word, "")) < 12:
                raise ValidationError(LOCAL.format(word=word), code="local_word")

    def get_help_text(self):
        return ""


def squeezed(text):
    """Lower case, without accents, spaces and signs."""
    return re.sub(r"[\W_]+", "", plain(text))
