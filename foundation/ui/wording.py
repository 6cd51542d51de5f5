"""What fields answer to bad input: short sentences that say what to do next."""

REQUIRED = "Hãy điền mục này."
CHOOSE = "Hãy chọn một mục trong danh sách."

BY_CODE = {
    "required": REQUIRED,
    "invalid_choice": CHOOSE,
    "invalid_pk_value": CHOOSE,
    "invalid_list": CHOOSE,
    "null_characters_not_allowed": "Có ký tự không đọc được. Hãy xóa rồi gõ lại.",
}
BY_FIELD = {
    "ModelChoiceField": {"required": "Hãy chọn một mục."},
    "ChoiceField": {"required": "Hãy chọn một mục."},
    "TypedChoiceField": {"required": "Hãy chọn một mục."},
    "RadioSelect": {"required": "Hãy chọn một mục."},
    "DateField": {"invalid": "Hãy ghi ngày theo dạng 15/10/2024."},
    "IntegerField": {"invalid": "Hãy ghi một số nguyên."},
    "DecimalField": {"invalid": "Hãy ghi một số, ví dụ 12,5."},
    "FileField": {
        "required": "Hãy chọn một tệp.",
        "empty": "Tệp này trống. Hãy chọn tệp khác.",
        "missing": "Chưa nhận được tệp. Hãy chọn lại.",
        "invalid": "Chưa nhận được tệp. Hãy chọn lại.",
        "max_length": "Tên tệp quá dài. Hãy đổi tên ngắn hơn rồi chọn lại.",
    },
}
MAX_LENGTH = "Nhiều nhất {limit} ký tự, bạn đã gõ {typed}. Hãy rút ngắn."


def say_it_plainly(field):
    """Put our sentences in place of the framework's, where the field does not bring its own."""
    field.error_messages |= {code: text for code, text in BY_CODE.items() if code in field.error_messages}
    for kind in reversed(type(field).__mro__):
        field.error_messages |= BY_FIELD.get(kind.__name__, {})
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = MAX_LENGTH.format(limit="%(limit_value)d", typed="%(show_value)d")
