"""Tax codes of organisations: ten digits whose last one checks the others, or the same with three digits of a branch.

The check digit is (10 minus the weighted sum of the first nine modulo 11); a remainder that gives ten belongs to no
code. No Django. Numbers of twelve digits are those of people, and the portal keeps none of them.
"""

import re

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
SHAPE = re.compile(r"(\d{10})(?:-?(\d{3}))?")
PERSONAL = "Số 12 chữ số là số định danh cá nhân; cổng không lưu số này. Hãy để trống ô mã số thuế."
WRONG_SHAPE = "Mã số thuế có 10 chữ số, hoặc 10 chữ số, dấu gạch và 3 chữ số của chi nhánh (0700123456-001)."
WRONG_DIGIT = "Mã số thuế này sai chữ số kiểm tra. Hãy đối chiếu với giấy chứng nhận đăng ký."


class WrongTaxCode(ValueError):
    """The message says why, in the words of the person who typed it."""


def check_digit(nine):
    """The tenth digit that belongs to these nine; 10 when no code begins with them."""
    return 10 - sum(int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True)) % 11


def clean(text):
    """The code as it is kept, or WrongTaxCode; nothing typed is nothing kept."""
    text = re.sub(r"[\s.]", "", text)
    if not text:
        return ""
    if re.fullmatch(r"[0-9]{12}", text):
        raise WrongTaxCode(PERSONAL)
    found = SHAPE.fullmatch(text)
    if not found or not text.isascii():
        raise WrongTaxCode(WRONG_SHAPE)
    if check_digit(found[1][:9]) != int(found[1][9]):
        raise WrongTaxCode(WRONG_DIGIT)
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def read(text):
    """For lines of workbooks: (code, what is wrong with it)."""
    try:
        return clean(text), ""
    except WrongTaxCode as wrong:
        return None, str(wrong).rstrip(".")
