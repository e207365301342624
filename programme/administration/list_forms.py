"""Forms of the rows of a programme's lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.administration.seen import SeenForm
from programme.forms import CodeField, NamedChoice
from programme.models import Account, CostCentre, FundingSource, Post, Programme

NAMES = ["name_fi", "name_sv", "name_en"]
NAME_LABELS = {
    "name_fi": _("Name in Finnish"),
    "name_sv": _("Name in Swedish"),
    "name_en": _("Name in English"),
}
NUMBER_LABELS = NAME_LABELS | {"number": _("Number")}
GROUPS = ["group_fi", "group_sv", "group_en"]
GROUP_LABELS = {
    "group_fi": _("Group of accounts in Finnish"),
    "group_sv": _("Group of accounts in Swedish"),
    "group_en": _("Group of accounts in English"),
}
OF_MUNICIPALITIES = {
    "of_municipalities": _("Paid by the member municipalities, who share it by the key of contributions")
}


class NameForm(SeenForm):
    """The names of a row: what else it has stands in addresses, vouchers and decisions, and stays."""

    class Meta:
        fields = NAMES
        labels = NAME_LABELS


class NewRowForm(LeftToTheDatabase):
    """A new row of a programme's list."""

    code = CodeField(help_text=_("Letters, digits and hyphens. It stands in addresses and files, and stays."))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme


class NewCostCentreForm(NewRowForm):
    class Meta:
        model = CostCentre
        fields = ["number", *NAMES, "code"]
        labels = NUMBER_LABELS


class CostCentreForm(NameForm):
    class Meta(NameForm.Meta):
        model = CostCentre


class NewAccountForm(NewRowForm):
    class Meta:
        model = Account
        fields = ["number", *NAMES, *GROUPS, "kind", "code"]
        labels = NUMBER_LABELS | GROUP_LABELS | {"kind": _("Kind")}


class AccountForm(NameForm):
    class Meta(NameForm.Meta):
        model = Account
        fields = [*NAMES, *GROUPS]
        labels = NAME_LABELS | GROUP_LABELS


class NewFundingSourceForm(NewRowForm):
    """A new source of funding, with the account that its income is booked to."""

    class Meta:
        model = FundingSource
        fields = ["short_name", *NAMES, "account", "of_municipalities", "code"]
        labels = NAME_LABELS | {"short_name": _("Short name")} | OF_MUNICIPALITIES

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["account"] = NamedChoice(
            programme.accounts.filter(kind=Account.Kind.INCOME),
            label=_("Income account"),
            empty_label="–",
            error_messages={"required": _("Choose the account that its income is booked to.")},
        )


class FundingSourceForm(NameForm):
    class Meta(NameForm.Meta):
        model = FundingSource
        fields = [*NAMES, "of_municipalities"]
        labels = NAME_LABELS | OF_MUNICIPALITIES


class PostForm(NameForm):
    """The names of a post, and what it may do in the whole programme."""

    class Meta(NameForm.Meta):
        model = Post
        fields = [*NAMES, "note", "power"]
        labels = NAME_LABELS | {"note": _("Note"), "power": _("May act as")}


class NewPostForm(NewRowForm):
    class Meta:
        model = Post
        fields = [*NAMES, "note", "power", "code"]
        labels = PostForm.Meta.labels
