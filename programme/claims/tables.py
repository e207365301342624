"""The table of costs from which those that are not eligible are chosen, and its filter."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import text
from programme.models import CostCentre, LedgerEntry, PaymentClaim

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class ClaimLineFilter(django_filters.FilterSet):
    """Costs of a claim by cost centre, and by words of their voucher and text."""

    cost_centre = django_filters.ChoiceFilter(
        field_name="cost_centre__code", label=gettext_lazy("Cost centre"), empty_label=gettext_lazy("All")
    )
    words = django_filters.CharFilter(method="with_words", label=gettext_lazy("Voucher or text"))

    class Meta:
        model = LedgerEntry
        fields = ["cost_centre", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = CostCentre.objects.filter(programme=self.request.programme)
        self.filters["cost_centre"].extra["choices"] = [
            (centre.code, f"{centre.number} {text.words_of(centre, 'name')[0]}") for centre in centres
        ]

    def with_words(self, entries: QuerySet[LedgerEntry], _name: str, words: str) -> QuerySet[LedgerEntry]:
        return entries.filter(Q(voucher__icontains=words) | Q(text__icontains=words))


class ClaimLineTable(tables.Table):
    """Costs of a draft that are eligible so far."""

    caption = gettext_lazy("Costs of the claim")
    empty_text = gettext_lazy("No costs with this choice.")

    booked_on = tables.Column(verbose_name=gettext_lazy("Booked"), orderable=False)
    voucher = tables.Column(verbose_name=gettext_lazy("Voucher"), orderable=False)
    text = tables.Column(verbose_name=gettext_lazy("Text"), default=text.NOTHING, orderable=False)
    cost_centre = tables.Column(verbose_name=gettext_lazy("Cost centre"), orderable=False)
    account = tables.Column(verbose_name=gettext_lazy("Account"), orderable=False)
    amount = tables.Column(verbose_name=gettext_lazy("Euros"), attrs=NUMBER, orderable=False)
    leave_out = tables.Column(verbose_name=gettext_lazy("Act"), empty_values=(), orderable=False)

    class Meta:
        model = LedgerEntry
        fields = ["booked_on", "voucher", "text", "cost_centre", "account", "amount", "leave_out"]
        attrs = {"class": "table--cards"}
        row_attrs = {"id": lambda record: f"entry-{record.pk}"}

    def __init__(self, *args: Any, claim: PaymentClaim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = claim.address("programme:exclusion-create")

    def render_booked_on(self, value: Any) -> str:
        return text.day(value)

    def render_cost_centre(self, record: LedgerEntry) -> str:
        return record.cost_centre.number

    def render_account(self, record: LedgerEntry) -> str:
        return f"{record.account.number} {text.words_of(record.account, 'name')[0]}"

    def render_amount(self, value: Any) -> str:
        return text.number(value, 2)

    def render_leave_out(self, record: LedgerEntry) -> str:
        return format_html(
            '<a href="{}?entry={}">{}<span class="visually-hidden">: {}</span></a>',
            self.address,
            record.pk,
            _("Not eligible"),
            record.voucher,
        )
