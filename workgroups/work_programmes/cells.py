"""The cells of a work programme's row: what each holds, as text, and how what is typed into it is read.

A cell's text is what people exchange: the editor shows it, a merge compares it. Codes stand for the rows of
the programme, several of them parted by a space; euros have a full stop before their cents.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from priorities.models import AnnualTarget, Measure
from programme import text as formats
from programme.forms import EuroField, shown
from programme.models import CostCentre, FollowUpPrinciple, FundingSource, Network, Post, RoleStatement
from workgroups.models import PARTS, Action, WorkProgramme

# In the order of the columns.
CELLS = (
    "text",
    "targets",
    "carries_out",
    "responsible",
    "participants",
    "start_month",
    "end_month",
    "output",
    "milestones",
    "planned_euros",
    "cost_centre",
    "funding_source",
    "networks",
)
LABELS = {
    "text": _("Action"),
    "targets": _("Targets"),
    "carries_out": _("Carries out"),
    "responsible": _("Responsible"),
    "participants": _("Participants"),
    "start_month": _("First month"),
    "end_month": _("Last month"),
    "output": _("Output"),
    "milestones": _("Milestones"),
    "planned_euros": _("Planned, €"),
    "cost_centre": _("Cost centre"),
    "funding_source": _("Funding source"),
    "networks": _("Networks it serves"),
}
SEVERAL = ("targets", "networks")
CODED = ("targets", "carries_out", "responsible", "cost_centre", "funding_source", "networks")
# Read with words beside or instead of their codes.
READ_AS_WORDS = ("carries_out", "responsible", "cost_centre", "funding_source")
NO_SUCH_CODE = _("There is no such code among those to choose from: %(value)s.")
MONTHS = ("start_month", "end_month")
MONTHS_OUT_OF_ORDER = _("The last month is before the first.")
CUT_OFF = _("The text is too long to be kept whole: its beginning stands here.")
LONGEST = 2000
# Of what cannot be read this much is kept as it was typed: a slip has less, and the rest is nobody's work.
LONGEST_KEPT = 10_000
PART_MODELS: dict[str, type[models.Model]] = {
    "measure": Measure,
    "network": Network,
    "role_statement": RoleStatement,
    "follow_up_principle": FollowUpPrinciple,
}


class CodedChoice(forms.ModelChoiceField):
    """A row of the programme, chosen by its code."""

    def __init__(self, rows: models.QuerySet[Any], *, name: str = "name") -> None:
        super().__init__(
            rows,
            required=False,
            to_field_name="code",
            empty_label="–",
            error_messages={"invalid_choice": NO_SUCH_CODE},
        )
        self.shown = name

    def label_from_instance(self, row: Any) -> str:
        return described(row, self.shown)


class CodedChoices(forms.ModelMultipleChoiceField):
    """Rows of the programme, chosen by their codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__(
            rows, required=False, to_field_name="code", error_messages={"invalid_choice": NO_SUCH_CODE}
        )

    def label_from_instance(self, row: Any) -> str:
        return f"{row.code} {_words(row)}"


class MonthField(forms.IntegerField):
    """A month as its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=1,
            max_value=12,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3, "autocomplete": "off"}),
            error_messages={
                "invalid": _("Write the month as its number, 1–12."),
                "min_value": _("Write the month as its number, 1–12."),
                "max_value": _("Write the month as its number, 1–12."),
            },
            **kwargs,
        )


def _text(rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        required=False,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}),
    )


def described(row: Any, name: str = "name") -> str:
    """Return a row of the programme in a list to choose from: its number or code, where it says something."""
    number = getattr(row, "number", "") if isinstance(row, CostCentre) else ""
    return f"{number} {_words(row, name)}".strip()


def _words(row: Any, name: str = "name") -> str:
    return formats.words_of(row, name)[0]


class CellsForm(forms.Form):
    """Some cells of a row, or all: each read by itself, so that a wrong one stops no other.

    `stored` is the row as it stands, for what a cell must agree with; cells that are not whole are read each
    by itself, whatever the others say.
    """

    text = _text(2)
    participants = _text(2)
    start_month = MonthField()
    end_month = MonthField()
    output = _text(2)
    milestones = _text(2, _("One a line, its month first: 3 the draft is ready."))
    planned_euros = EuroField(required=False, min_value=0, help_text=_("0 means that it costs nothing."))

    def __init__(
        self,
        *args: Any,
        work_programme: WorkProgramme,
        names: Iterable[str] = CELLS,
        stored: Action | None = None,
        are_whole: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.are_whole = are_whole
        made = self.fields | _choices(work_programme)
        self.fields = {name: made[name] for name in CELLS if name in names}
        for name, one in self.fields.items():
            one.label = LABELS[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in [name for name in self.errors if name in self.fields]:
            if self.is_too_long_to_keep(name):
                self.add_error(name, ValidationError(CUT_OFF, code="cut_off"))
        if not self.are_whole:
            return cleaned
        start, end = (
            cleaned.get(name) if name in self.fields else getattr(self.stored, name, None)
            for name in ("start_month", "end_month")
        )
        if start and end and end < start:
            where = "end_month" if "end_month" in self.fields else "start_month"
            self.add_error(where, ValidationError(MONTHS_OUT_OF_ORDER, code="order"))
        return cleaned

    def mark_demanded(self, names: Iterable[str]) -> None:
        """Let the labels of these cells say that a plan with them empty is not handed on."""
        for name in names:
            self.fields[name].demanded_when = _("needed for submitting")  # type: ignore[attr-defined]

    def is_too_long_to_keep(self, name: str) -> bool:
        """Return whether more was typed into a cell than is kept of what cannot be read."""
        typed = self[name].data
        return len(" ".join(typed) if isinstance(typed, list) else typed or "") >= LONGEST_KEPT


def targets_to_choose(work_programme: WorkProgramme) -> models.QuerySet[AnnualTarget]:
    """Return the targets that a plan's rows may carry out: its group's of the year, others once decided."""
    of_year = AnnualTarget.objects.filter(programme=work_programme.group.programme, year=work_programme.year)
    return of_year.filter(
        models.Q(ownership__group=work_programme.group)
        | models.Q(state__in=[AnnualTarget.State.DECIDED, AnnualTarget.State.CLOSED])
    )


def _choices(work_programme: WorkProgramme) -> dict[str, forms.Field]:
    """Return the fields whose choices are the programme's, each asked for once it is shown or read."""
    programme = work_programme.group.programme
    of_programme = {"programme": programme}
    return {
        "targets": CodedChoices(targets_to_choose(work_programme).order_by("order", "code")),
        "carries_out": forms.ChoiceField(
            required=False,
            choices=lambda: _parts_to_choose(programme),
            error_messages={"invalid_choice": NO_SUCH_CODE},
        ),
        "responsible": CodedChoice(Post.objects.filter(**of_programme)),
        "cost_centre": CodedChoice(CostCentre.objects.filter(**of_programme)),
        "funding_source": CodedChoice(FundingSource.objects.filter(**of_programme).select_related("account")),
        "networks": CodedChoices(Network.objects.filter(**of_programme)),
    }


def _parts_to_choose(programme: Any) -> list[Any]:
    """Return what of the programme an action can carry out, kind by kind, in the programme's order."""
    measures = Measure.objects.filter(priority__programme=programme).select_related("priority")
    kinds: list[tuple[Promise, models.QuerySet[Any], str]] = [
        (_("Measures"), measures, "text"),
        (_("Networks"), Network.objects.filter(programme=programme), "name"),
        (_("Roles of the programme"), RoleStatement.objects.filter(programme=programme), "text"),
        (_("Follow-up principles"), FollowUpPrinciple.objects.filter(programme=programme), "text"),
    ]
    groups = [
        (label, [(row.code, f"{row.code} {_words(row, name)}") for row in rows])
        for label, rows, name in kinds
    ]
    return [("", "–"), *groups]


def cells_of(action: Action) -> dict[str, str]:
    """Return the text of every cell of a row, as it stands saved."""
    return {
        "text": action.text,
        "targets": " ".join(sorted(target.code for target in action.targets.all())),
        "carries_out": action.part.code if action.part else "",
        "responsible": action.responsible.code if action.responsible else "",
        "participants": action.participants,
        "start_month": str(action.start_month or ""),
        "end_month": str(action.end_month or ""),
        "output": action.output,
        "milestones": action.milestones,
        "planned_euros": "" if action.planned_euros is None else f"{action.planned_euros:.2f}",
        "cost_centre": action.cost_centre.code if action.cost_centre else "",
        "funding_source": action.funding_source.code if action.funding_source else "",
        "networks": " ".join(sorted(network.code for network in action.networks.all())),
    }


def in_words(action: Action) -> dict[str, str]:
    """Return the text of every cell with words beside codes, in the language that is spoken now."""
    shown = cells_of(action)
    for name in ("responsible", "cost_centre", "funding_source"):
        row = getattr(action, name)
        if row is not None:
            shown[name] = described(row)
    if action.part is not None:
        words = "text" if hasattr(action.part, "text_fi") else "name"
        shown["carries_out"] = f"{action.part.code} {_words(action.part, words)}"
    return shown


def standing_of(action: Action) -> dict[str, str]:
    """Return the text of every cell of a row; what waits to be mended, as it was typed."""
    return cells_of(action) | action.unreadable


class Read(NamedTuple):
    """What was typed into cells: each one's text, its value where it could be read, else what is wrong."""

    texts: dict[str, str]
    values: dict[str, Any]
    errors: dict[str, list[str]]


def read(form: QueryDict, names: Iterable[str], *, work_programme: WorkProgramme) -> Read:
    """Read what was typed into these cells, each by itself: whether they fit together is asked later."""
    names = list(names)
    form = _without_nulls(form, names)
    found = CellsForm(form, work_programme=work_programme, names=names, are_whole=False)
    found.is_valid()
    errors = {name: [str(message) for message in messages] for name, messages in found.errors.items()}
    values = {name: value for name, value in found.cleaned_data.items() if name not in errors}
    typed = {name: text[:LONGEST_KEPT] for name, text in typed_in(form, names).items()}
    return Read(typed | {name: read_cell(name, value) for name, value in values.items()}, values, errors)


def _without_nulls(form: QueryDict, names: Iterable[str]) -> QueryDict:
    """Return what was typed without null characters: no person types them, and no database keeps them."""
    cleaned = QueryDict(mutable=True)
    for name in names:
        if name in form:
            cleaned.setlist(name, [text.replace("\x00", "") for text in form.getlist(name)])
    return cleaned


def months_out_of_order(cells: Mapping[str, str], changed: Iterable[str]) -> dict[str, list[str]]:
    """Return what is wrong with the changed months of a row whose last month is before its first.

    `cells` are those of the row as it would stand: of a month that cannot be read, the one that stands.
    """
    start, end = cells.get("start_month", ""), cells.get("end_month", "")
    if not (start.isdecimal() and end.isdecimal() and int(end) < int(start)):
        return {}
    return {name: [str(MONTHS_OUT_OF_ORDER)] for name in changed if name in MONTHS}


def typed_in(form: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """Return what was typed into these cells; several choices are parted by a space."""
    return {
        name: " ".join(sorted(form.getlist(name)) if name in SEVERAL else [form.get(name, "")])
        for name in names
    }


def for_form(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return cells as a form takes them: several choices apart, euros as people write them."""
    taken: dict[str, Any] = {
        name: value.split() if name in SEVERAL else value for name, value in cells.items()
    }
    if euros := taken.get("planned_euros"):
        taken["planned_euros"] = as_written(euros)
    return taken


def as_written(euros: str) -> str:
    """Return a sum as people write it; what is none, as it was typed."""
    try:
        return formats.exact_sum(Decimal(euros))
    except ArithmeticError:
        return euros


def as_people_read(field: forms.Field, cell: str) -> str:
    """Return a cell in words, sums as they are written; what cannot be read, as it was typed."""
    if not cell:
        return formats.NOTHING
    if isinstance(field, EuroField):
        return as_written(cell)
    try:
        words = shown(field, cell)
    except (ArithmeticError, ValueError):
        return cell
    if isinstance(field, CodedChoices):
        is_known = all(code in words for code in cell.split())
    else:
        is_known = words != formats.NOTHING
    return words if is_known else cell


def read_cell(name: str, value: Any) -> str:
    """Return the text of a cell whose form has read it."""
    if value is None:
        return ""
    if name in SEVERAL:
        return " ".join(sorted(row.code for row in value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(getattr(value, "code", value)).replace("\r\n", "\n")


def write_cell(action: Action, name: str, value: Any) -> None:
    """Put what a form has read into a row. The caller saves, and sets what there are several of."""
    if name == "planned_euros":
        action.planned_euros = value
        action.no_cost = value == 0
    elif name == "carries_out":
        _write_part(action, value)
    elif isinstance(value, str):
        setattr(action, name, value.replace("\r\n", "\n"))
    else:
        setattr(action, name, value)


def _write_part(action: Action, code: str) -> None:
    """Tie a row to the part of the programme that has this code; codes are unique in a programme."""
    for column in PARTS:
        setattr(action, column, None)
    if not code:
        return
    programme = action.work_programme.group.programme
    for column, model in PART_MODELS.items():
        path = "priority__programme" if column == "measure" else "programme"
        row = model._default_manager.filter(**{path: programme, "code": code}).first()
        if row is not None:
            setattr(action, column, row)
            return
