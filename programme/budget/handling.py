"""The handling of a proposed budget by a body that does not decide it: in which meeting, under which §."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import clock
from programme.budget.drawing_up import must_wait
from programme.decisions import enter_matter, in_language_of_minutes
from programme.forms import MatterNumberField
from programme.matter_forms import MatterForm
from programme.models import Budget, BudgetHandling, Matter, Meeting


class HandlingForm(MatterForm):
    """In which meeting a budget was handled; the number may not be known."""

    number = MatterNumberField(required=False)

    def __init__(self, data: Any = None, *, budget: Budget) -> None:
        super().__init__(data, auto_id="handling-%s")
        meetings = meetings_that_handle(budget).select_related("body").order_by("-held_on")
        self.offer(
            meetings,
            number=_("Section (§) or item, where it is known"),
            why_none=_("No body has met since the budget was proposed."),
        )


def meetings_that_handle(budget: Budget) -> QuerySet[Meeting]:
    """Return the meetings that may have handled a budget: held, from the day of its proposal on."""
    return Meeting.objects.filter(
        body__programme=budget.programme_id,
        body__audience__isnull=False,
        held_on__gte=budget.proposed_on,
        held_on__lte=clock.today(),
    )


@transaction.atomic
def handle_budget(
    budget: Budget, *, meeting: Meeting, number: int | None, this_matter: int | None = None
) -> BudgetHandling:
    """Enter that a meeting handled a proposed budget; of one body the last entry stands.

    Raises ValidationError where the budget is not proposed or the meeting is none that handles it; of the
    number, see `enter_matter`.
    """
    locked = Budget.objects.select_related("programme").select_for_update(of=("self",)).get(pk=budget.pk)
    must_wait(locked)
    if not meetings_that_handle(locked).filter(pk=meeting.pk).exists():
        raise ValidationError(_("Choose a meeting held on the day of the proposal or later."))
    matter = None
    if number is not None:
        matter = enter_matter(meeting, number=number, title=title_of(locked), this_matter=this_matter)
    return keep_handling(locked, meeting, matter)


def keep_handling(budget: Budget, meeting: Meeting, matter: Matter | None) -> BudgetHandling:
    """Keep that a body handled a budget in a meeting, under a matter where it is known."""
    handling, _new = BudgetHandling.objects.update_or_create(
        budget=budget, body=meeting.body, defaults={"handled_on": meeting.held_on, "matter": matter}
    )
    return handling


def title_of(budget: Budget) -> str:
    """Return the title under which meetings handle a budget."""
    with in_language_of_minutes():
        return _("The budget %(year)s") % {"year": budget.year}
