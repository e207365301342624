"""Forms of tasks from decisions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.forms import DayField, RowChoice, WordsChoice
from programme.meetings.tasks import one_of_the_two
from programme.models import DecisionTask, Post, User
from programme.saving import RememberingForm

LONGEST = 1000


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TaskForm(LeftToTheDatabase, RememberingForm):
    """What must be done, who answers for it, and by when."""

    text = forms.CharField(
        label=_("What must be done"),
        max_length=LONGEST,
        widget=_lines(3),
        error_messages={"required": _("Write what must be done.")},
    )
    due_on = DayField(label=_("Due"), error_messages={"required": _("Write the day by which it is done.")})

    class Meta:
        model = DecisionTask
        fields = ["text", "responsible", "person", "due_on"]

    def __init__(self, *args: Any, posts: QuerySet[Post], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = WordsChoice(posts, label=_("Responsible post"), required=False)
        self.fields["person"] = RowChoice(
            people,
            label=_("Responsible person"),
            required=False,
            help_text=_("Where no post answers for it: somebody who sits in the body."),
        )
        self.order_fields(["text", "responsible", "person", "due_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"responsible", "person"} <= cleaned.keys() and bool(cleaned["responsible"]) == bool(
            cleaned["person"]
        ):
            self.add_error("responsible", one_of_the_two())
        return cleaned


class NoteForm(forms.Form):
    """Words on a task, and how many notes their writer had before them."""

    text = forms.CharField(label=_("How it goes"), max_length=LONGEST, widget=_lines(3))
    notes = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        label: Any,
        missing: Any = None,
        written: int,
        act: str,
        **kwargs: Any,
    ) -> None:
        """Without a sentence for what is missing, the words may be left out."""
        kwargs.setdefault("initial", {"notes": written})
        kwargs["auto_id"] = f"id_{act}_%s"
        super().__init__(*args, **kwargs)
        self.act = act
        self.fields["text"].label = label
        self.fields["text"].required = missing is not None
        if missing is not None:
            self.fields["text"].error_messages["required"] = missing

    def rebased_on(self, written: int) -> None:
        """Keep what was typed; sent again, it comes after all that has been written meanwhile."""
        self.data = {**self.data.dict(), "notes": str(written)}  # type: ignore[attr-defined]
