"""Codes of amendments: one series a year, whatever is amended."""

from programme.codes import next_number
from programme.models import BudgetAmendment, Programme
from workgroups.models import Amendment, BudgetProposal


def next_code(programme: Programme, year: int) -> str:
    """Return the next code of a year's series; the caller's transaction keeps it from others."""
    series = f"MUU-{year}-"
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    known = [
        *Amendment.objects.filter(group__programme=programme).values_list("code", flat=True),
        *BudgetAmendment.objects.filter(budget__programme=programme).values_list("code", flat=True),
        *BudgetProposal.objects.filter(budget__programme=programme).values_list("code", flat=True),
    ]
    return f"{series}{next_number(series, known)}"
