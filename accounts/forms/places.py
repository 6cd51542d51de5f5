"""Assigning records to a unit."""

from django import forms

from accounts.fields import AreaField
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import PortalForm


class PlacementForm(PortalForm):
    """To which unit the chosen records of a unit that is no more belong, why, and by which source."""

    submit_label = "Xem trước kết quả"

    unit = AreaField(Area.objects.none(), label="Đơn vị mới")
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vì sao biết bản ghi thuộc đơn vị này. Ví dụ: cơ sở ở thôn nay thuộc phường mới.",
    )
    source = forms.CharField(
        label="Nguồn",
        max_length=300,
        help_text="Văn bản hoặc người xác nhận, có số và ngày. Ví dụ: Nghị quyết số …, ngày …",
    )

    def __init__(self, data=None, *, left, **kwargs):
        super().__init__(data, **kwargs)
        unit = self.fields["unit"]
        unit.day = left.day_of_change
        unit.queryset = Area.objects.possible_after(left).with_parents().order_by(Alphabetical("name"))
        unit.widget.attrs |= unit.widget_attrs(unit.widget)
        unit.empty_label = "– Chọn –"
        unit.help_text = (
            f"Các đơn vị có thể nhận bản ghi của {left} từ ngày {left.day_of_change:%d/%m/%Y}. "
            "Về sau bản ghi tự đi theo đơn vị này."
        )
