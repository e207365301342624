"""Forms of meetings and their matters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.forms import (
    ClockField,
    DayField,
    DecisionTextField,
    MatterNumberField,
    NamedChoice,
    WordsChoice,
)
from programme.meetings.attendance import Seat
from programme.meetings.attendance_forms import AttendanceForm
from programme.meetings.minutes import AddedMatter, WrittenDecision, decision_text
from programme.models import Body, Matter, Meeting
from programme.saving import RememberingForm


class CountField(forms.IntegerField):
    """How many people: a whole number from nought."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "autocomplete": "off"})
        super().__init__(min_value=0, max_value=999, required=False, widget=widget, **kwargs)


class MeetingForm(LeftToTheDatabase, RememberingForm):
    """When and where a body meets."""

    held_on = DayField(label=_("Date"), error_messages={"required": _("Write the day of the meeting.")})
    starts_at = ClockField(label=_("Time"), required=False)
    seats = CountField(label=_("Seats"), help_text=_("How many members the body has."))

    class Meta:
        model = Meeting
        fields = ["held_on", "starts_at", "place", "number", "seats"]
        labels = {"place": _("Place"), "number": _("Number")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _("As it stands in the minutes, for example 5/2009.")


class NewMeetingForm(MeetingForm):
    """A new meeting: whose, when and where; its number follows the last one unless another is written."""

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = NamedChoice(
            bodies, label=_("Body"), to_field_name="code", error_messages={"required": _("Choose the body.")}
        )
        self.fields["number"].required = False
        self.fields["number"].help_text = _("Empty: the next number of the body’s year.")
        self.order_fields(["body"])


class MatterOfAgendaForm(LeftToTheDatabase, RememberingForm):
    """A matter of an agenda: its number, title, and who presents and prepares it."""

    class Meta:
        model = Matter
        fields = ["section", "item", "title", "proposal", "presenter", "preparer"]
        labels = {"title": _("Title")}
        widgets = {"proposal": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = meeting.body.number_column
        del self.fields["item" if numbered == "section" else "section"]
        label = _("Section (§)") if numbered == "section" else _("Item")
        self.fields[numbered] = MatterNumberField(label=label, required=self.instance.pk is not None)
        if self.instance.pk is None:
            self.fields[numbered].help_text = _("Empty: the next number.")
        posts = meeting.body.programme.posts.all()
        for name, words in (("presenter", _("Presented by")), ("preparer", _("Prepared by"))):
            self.fields[name] = WordsChoice(posts, label=words, required=False)
        self.fields["title"].error_messages["required"] = _(
            "Write the title: it tells everybody what the matter is."
        )
        self.order_fields([numbered, "title", "proposal", "presenter", "preparer"])
        self.numbered = numbered

    def columns(self) -> dict[str, Any]:
        """Return what was typed of a new matter, its number as `number`."""
        values = self.typed()["values"]
        return {"number": values.pop(self.numbered)} | values


class DecisionRowForm(forms.Form):
    """What was decided in one matter: in one's own words, or a ready sentence."""

    text = DecisionTextField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sentences: list[str], matter: Matter | None = None, **kwargs: Any) -> None:
        if matter is not None:
            standing = decision_text(matter)
            kwargs.setdefault("initial", {"text": standing, "seen": standing})
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 2
        if sentences:
            choices = [("", "–"), *((sentence, sentence) for sentence in sentences)]
            self.fields["sentence"] = forms.ChoiceField(
                label=_("Ready sentence"), required=False, choices=choices
            )
        if matter is None:
            del self.fields["seen"]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_seen(self) -> str:
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written, seen = cleaned.get("text", ""), cleaned.get("seen", "")
        chosen = cleaned.get("sentence", "")
        if chosen and written not in ("", seen):
            self.add_error("sentence", _("Choose a ready sentence or write your own, not both."))
        elif seen and not (written or chosen):
            self.add_error("text", _("A decision that has been entered is not emptied: write it as it was."))
        return cleaned

    @property
    def decided(self) -> str:
        """What was typed; the ready sentence that was chosen where nothing new was."""
        return self.cleaned_data.get("sentence", "") or self.cleaned_data["text"]

    def written(self) -> WrittenDecision:
        return WrittenDecision(self.decided, self.cleaned_data["seen"])


class AddedRowForm(DecisionRowForm):
    """A matter that the meeting took up beyond its agenda."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)

    number = MatterNumberField(
        label=_("Section (§) or item"), required=False, help_text=_("Empty: the next number.")
    )

    field_order = ("number", "title", "text", "sentence")

    @property
    def added(self) -> AddedMatter:
        return AddedMatter(self.cleaned_data["title"], self.decided, self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("title") and (cleaned.get("text") or cleaned.get("sentence")):
            self.add_error("title", _("Write the title: it tells everybody what the matter is."))
        return cleaned


class PresentForm(forms.Form):
    """How many were present."""

    present = CountField(label=_("Present"))
    present_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MinutesForm:
    """The minutes of a meeting as one form of many rows: all of it is taken, or nothing."""

    ADDED = 3

    def __init__(
        self, data: Any, *, meeting: Meeting, sentences: list[str], seats: Sequence[Seat] = ()
    ) -> None:
        self.is_bound = data is not None
        self.attendance = AttendanceForm(data, meeting=meeting, seats=seats)
        self.present = PresentForm(
            data, initial={"present": meeting.present, "present_seen": meeting.present}
        )
        self.rows = [
            DecisionRowForm(data, prefix=f"matter-{matter.pk}", matter=matter, sentences=sentences)
            for matter in meeting.matters.select_related("decision")
        ]
        self.added = [
            AddedRowForm(data, prefix=f"added-{count}", sentences=sentences)
            for count in range(1, self.ADDED + 1)
        ]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.present, *self.attendance.forms, *self.rows, *self.added]

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.forms if form.errors]

    @property
    def added_is_typed(self) -> bool:
        """Whether something was typed of a further matter: then it is seen again."""
        return self.is_bound and any(form.has_changed() for form in self.added)

    @property
    def attendance_is_open(self) -> bool:
        """Whether something of who was present stands or was typed: then it is seen at once."""
        if self.is_bound:
            return any(form.has_changed() or form.errors for form in self.attendance.forms)
        return self.attendance.is_told

    def is_valid(self) -> bool:
        # All are looked at, so that each tells what to mend in it.
        return self.is_bound and not self.errors

    def placed(self, error: ValidationError) -> list[str]:
        """Put what was refused at the field that it concerns, and return the sentences that concern none."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for form in (self.present, self.attendance.sitting):
            for name in told.keys() & form.fields.keys():
                form.add_error(name, told.pop(name))
        return [sentence for sentences in told.values() for sentence in sentences]

    def build_on(self, stored: Mapping[int, str]) -> None:
        """Keep what was typed; sent again, it builds on what somebody else has written meanwhile."""
        for row in self.rows:
            if row.matter and row.matter.pk in stored:
                row.data = {**dict(row.data.items()), row.add_prefix("seen"): stored[row.matter.pk]}

    def typed(self) -> dict[str, Any]:
        """Return what was typed, as `write_minutes` takes it."""
        return {
            "decisions": {row.matter.pk: row.written() for row in self.rows if row.matter},
            "added": [row.added for row in self.added if row.cleaned_data["title"]],
            "present": self.present.cleaned_data["present"],
            "present_seen": self.present.cleaned_data["present_seen"],
            "attendance": self.attendance.written(),
        }
