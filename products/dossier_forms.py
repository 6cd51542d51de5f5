"""Checking what people type about dossiers: beginning one, returning it, taking it in."""

from django import forms

from entities.models import Entity
from foundation import clock
from foundation.regimes.models import CriteriaSet, Regime
from foundation.ui.forms import DayField, PortalForm
from products import rules, stages
from products.actions import items_of
from products.forms import RegistrationForm, SetField
from products.models import Application, Dossier, DossierStatus, ItemKind, Product


class BeginForm(PortalForm):
    """A product of one's own, why it is evaluated, and its set where the portal does not know it."""

    submit_label = "Lập hồ sơ"
    product = forms.ModelChoiceField(
        label="Sản phẩm", queryset=Product.objects.none(), empty_label="– Chọn –"
    )
    application = forms.ChoiceField(
        label="Loại đăng ký",
        choices=Application,
        widget=forms.RadioSelect,
        help_text="Nâng hạng, đánh giá lại: sản phẩm đã có sao; phần còn dùng được của hồ sơ trước được chép sang.",
    )
    regime = forms.ChoiceField(
        label="Quy định áp dụng",
        widget=forms.RadioSelect,
        required=False,
        help_text="Hai quy định cùng hiệu lực trong thời gian chuyển tiếp. Hồ sơ giữ quy định đã chọn đến hết đời.",
    )
    criteria_set = SetField(
        label="Bộ sản phẩm",
        queryset=CriteriaSet.objects.none(),
        required=False,
        empty_label="Theo sản phẩm",
        help_text="Chỉ chọn khi cổng chưa biết bộ của sản phẩm, ví dụ sản phẩm công nhận trước khi có cổng.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Product.objects.filter(entity__in=Entity.objects.run_by(user))
        live = Dossier.objects.under_way().values("product")
        known = mine.exclude(idea=None, ratings=None).exclude(pk__in=live).distinct()
        self.fields["product"].queryset = known.order_by("alphabet")
        self._offer_regimes(Regime.objects.choices_for_filing(clock.today()))
        sets = CriteriaSet.objects.offered().of(Regime.objects.for_filing(clock.today()))
        self.fields["criteria_set"].queryset = sets.for_choice()

    def _offer_regimes(self, regimes):
        """The choice between laws, where there is one; the newest is ticked."""
        if len(regimes) < 2:
            del self.fields["regime"]
            return
        self.fields["regime"].choices = [(row.pk, str(row)) for row in regimes]
        self.initial.setdefault("regime", regimes[0].pk)

    def clean(self):
        """The kind fits the stars that the product has."""
        data = super().clean()
        product, application = data.get("product"), data.get("application")
        if product and application and application not in stages.applications(product):
            fitting = " hoặc ".join(f"“{kind.label}”" for kind in stages.applications(product))
            self.add_error("application", f"Sản phẩm này lập được hồ sơ {fitting}.")
        return data


class LockedRegistrationForm(RegistrationForm):
    """The registration, open as far as the dossier is; what is locked is shown and not read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_now = self.instance.openings
        for name, field in self.fields.items():
            if not open_now.has(ItemKind.FACT, name):
                field.disabled = True
                field.help_text = "Đang khóa: mục này không phải bổ sung."


class ReturnForm(PortalForm):
    """What is wrong, why each of it is, and until when it is to be mended."""

    submit_label = "Trả lại để bổ sung"
    due_on = DayField(label="Bổ sung đến hết ngày")
    note = forms.CharField(
        label="Nội dung chung",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = stages.due_on(dossier.regime, DossierStatus.RETURNED, clock.today())
        self.items = list(items_of(dossier))
        for kind, key, label in self.items:
            self.fields[f"i-{kind}-{key}"] = forms.BooleanField(label=label, required=False)
            why = forms.TextInput(attrs={"aria-label": f"Lý do: {label}", "class": "form-control"})
            self.fields[f"w-{kind}-{key}"] = forms.CharField(
                label=f"Lý do: {label}", max_length=1000, required=False, widget=why
            )

    @property
    def groups(self):
        """The items under the name of their kind: label, tick and reason; open where something is ticked."""
        for kind in ItemKind:
            rows = [
                {"tick": self[f"i-{kind.value}-{key}"], "why": self[f"w-{kind.value}-{key}"], "label": label}
                for each, key, label in self.items
                if each == kind
            ]
            yield {"name": kind.label, "rows": rows, "open": any(row["tick"].value() for row in rows)}

    def clean(self):
        """Ticked items with their reasons; a reason without a tick counts as one."""
        data = super().clean()
        self.ticked = {
            (kind, key): data.get(f"w-{kind}-{key}", "")
            for kind, key, _ in self.items
            if data.get(f"i-{kind}-{key}") or data.get(f"w-{kind}-{key}")
        }
        return data

    @property
    def facts(self):
        """What the deed takes."""
        return {
            "items": self.ticked,
            "due_on": self.cleaned_data["due_on"],
            "note": self.cleaned_data["note"],
        }


class ExtensionForm(PortalForm):
    """A later day for a round of correction, with its reason."""

    submit_label = "Gia hạn"
    due_on = DayField(label="Hạn mới, đến hết ngày")
    reason = forms.CharField(label="Lý do gia hạn", max_length=500)


class ReceiptForm(PortalForm):
    """An office's block of the slip."""

    submit_label = "Ghi tiếp nhận"
    samples = forms.IntegerField(label="Số sản phẩm mẫu đã nhận", min_value=0, max_value=99)

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        asked = dossier.criteria_set.sample_count
        self.fields["samples"].initial = asked
        self.fields["samples"].help_text = (
            f"Quy định: {asked} sản phẩm mẫu." if asked else "Bộ này không nộp mẫu."
        )


class AssessmentForm(PortalForm):
    """The commune's form: one text for each finding of the regime, and what the commune proposes."""

    submit_label = "Lập và chuyển hồ sơ"

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        form = rules.commune_form(dossier.regime)
        for row in form["findings"]:
            self.fields[row["code"]] = forms.CharField(
                label=row["name"], max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )
        self.fields["proposal"] = forms.CharField(
            label="Đề nghị của UBND xã", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        )

    @property
    def facts(self):
        """What the deed takes."""
        said = dict(self.cleaned_data)
        return {"proposal": said.pop("proposal"), "findings": said}
