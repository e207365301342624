"""The lists that a programme's pages choose from: who keeps each, and what may be done to its rows."""

from collections.abc import Callable
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import text
from programme.administration import terms
from programme.administration.list_forms import (
    AccountForm,
    CostCentreForm,
    FundingSourceForm,
    NameForm,
    NewAccountForm,
    NewCostCentreForm,
    NewFundingSourceForm,
    NewPostForm,
    NewRowForm,
    PostForm,
)
from programme.administration.refusals import Refusal, told
from programme.models import Account, CostCentre, FundingSource, Post, Programme, User

TAKEN = Refusal("code", gettext_lazy("Another row of the list has this code already."))
REFUSALS = dict.fromkeys(
    (
        "one_cost_centre_per_code",
        "one_account_per_code",
        "one_funding_source_per_code",
        "one_post_per_code",
    ),
    TAKEN,
)


class KeptList(NamedTuple):
    """A list of a programme: its words, its rows, its forms and the permission that keeps it.

    Of a row that is in use only the names change: numbers and codes stand in vouchers and addresses.
    """

    title: str | Promise
    lead: str | Promise
    add: str | Promise
    model: type[models.Model]
    permission: str
    new_form: type[NewRowForm]
    form: type[NameForm]
    facts: dict[Any, Callable[[Any], Any]]  # what its table tells beside the name: label and value

    def rows(self, programme: Programme) -> QuerySet[Any]:
        """Return the rows of the list in its own order."""
        return self.model._default_manager.filter(programme=programme)

    def table(self, programme: Programme) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """Return each row with its facts as label and value."""
        return [
            (row, [(label, fact(row)) for label, fact in self.facts.items()]) for row in self.rows(programme)
        ]


def _group(row: Account) -> str:
    return text.words_of(row, "group")[0]


def _yes_or_nothing(row: FundingSource) -> str:
    return _("yes") if row.of_municipalities else text.NOTHING


NUMBER: dict[Any, Callable[[Any], Any]] = {gettext_lazy("Number"): attrgetter("number")}


KEPT_LISTS = {
    "cost-centres": KeptList(
        gettext_lazy("Cost centres"),
        gettext_lazy("What budgets, vouchers and targets are counted by."),
        gettext_lazy("Add a cost centre"),
        CostCentre,
        "programme.keep_lists",
        NewCostCentreForm,
        CostCentreForm,
        NUMBER,
    ),
    "accounts": KeptList(
        gettext_lazy("Accounts"),
        gettext_lazy("The accounts of the ledger that the programme’s entries use."),
        gettext_lazy("Add an account"),
        Account,
        "programme.keep_lists",
        NewAccountForm,
        AccountForm,
        NUMBER
        | {
            gettext_lazy("Group of accounts"): _group,
            gettext_lazy("Kind"): methodcaller("get_kind_display"),
        },
    ),
    "funding-sources": KeptList(
        gettext_lazy("Funding sources"),
        gettext_lazy("Where the programme’s money comes from."),
        gettext_lazy("Add a funding source"),
        FundingSource,
        "programme.keep_lists",
        NewFundingSourceForm,
        FundingSourceForm,
        {
            gettext_lazy("Short name"): attrgetter("short_name"),
            gettext_lazy("Paid by the municipalities"): _yes_or_nothing,
        },
    ),
    "posts": KeptList(
        gettext_lazy("Posts and their roles"),
        gettext_lazy("What a post may do in the whole programme; people hold posts on their own pages."),
        gettext_lazy("Add a post"),
        Post,
        "programme.keep_people",
        NewPostForm,
        PostForm,
        {
            gettext_lazy("May act as"): methodcaller("get_power_display"),
            gettext_lazy("Note"): attrgetter("note"),
        },
    ),
}


@transaction.atomic
def add_row(row: Any) -> None:
    """Save a new row. Raises ValidationError where its code is taken."""
    row.programme.must_not_be_closed()
    with told(REFUSALS):
        row.save()


def change_row(row: Any, *, changed: list[str], actor: User) -> None:
    """Save the names of a row; what was frozen with the old ones keeps them."""
    row.programme.must_not_be_closed()
    if isinstance(row, Post):
        terms.must_not_empower_oneself(row, actor)
    row.save(update_fields=changed)


@transaction.atomic
def remove_row(row: Any) -> None:
    """Remove a row that nothing uses. Raises ValidationError where something does.

    The row must have been locked against being used.
    """
    row.programme.must_not_be_closed()
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise ValidationError(_("The row is in use, so it stays. Its names can be changed.")) from error
