"""The numbers under which the authority's case management has a meeting's matters."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.meetings.calling import lock
from programme.meetings.minutes import ChangedMeanwhileError
from programme.models import Matter, Meeting

LONGEST = 60


class Numbered(NamedTuple):
    """What was typed of one matter; `seen` is what stood there when the page was opened."""

    number: str
    seen: str


class CaseNumberForm(forms.Form):
    """The case number of one matter."""

    number = forms.CharField(label=gettext_lazy("Case number"), required=False, max_length=LONGEST)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, matter: Matter) -> None:
        initial = {"number": matter.case_number, "seen": matter.case_number}
        super().__init__(data, initial=initial, prefix=f"matter-{matter.pk}")
        self.matter = matter
        # Every one may be left empty: none is called optional.
        self.fields["number"].is_demanded_later = True  # type: ignore[attr-defined]
        self.stored: str | None = None  # after a conflict: what somebody else wrote, or emptied

    def build_on(self, stored: str) -> None:
        """Keep what was typed; sent again, it builds on what somebody else has written meanwhile."""
        self.stored = stored
        self.data = {**dict(self.data.items()), self.add_prefix("seen"): stored}

    def numbered(self) -> Numbered:
        return Numbered(self.cleaned_data["number"], self.cleaned_data["seen"])


@transaction.atomic
def number_cases(meeting: Meeting, numbers: Mapping[int, Numbered]) -> None:
    """Save the case numbers of a meeting's matters, by their keys; all of them or none.

    Raises ChangedMeanwhileError where somebody else has written another number of the same matter.
    """
    locked = lock(meeting)
    matters = {matter.pk: matter for matter in locked.matters.all()}
    if numbers.keys() - matters.keys():
        raise ValidationError(_("A matter has been taken off the agenda meanwhile. Open the page again."))
    changed = {pk: one for pk, one in numbers.items() if one.number != one.seen}
    differing = {
        pk: matters[pk].case_number
        for pk, one in changed.items()
        if matters[pk].case_number not in (one.seen, one.number)
    }
    if differing:
        raise ChangedMeanwhileError(differing)
    for pk, one in changed.items():
        matters[pk].case_number = one.number
        matters[pk].save(update_fields=["case_number"])
