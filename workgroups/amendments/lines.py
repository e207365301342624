"""What targets and actions share when they are amended: their cells, as text and as people read them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from priorities.models import AnnualTarget
from programme import clock
from programme.decisions import in_language_of_minutes
from programme.forms import shown
from programme.models import User
from programme.saving import columns_of, save_changed
from workgroups.models import Action, WorkProgramme
from workgroups.models.amendments import Change
from workgroups.services import Line, answering_group_of
from workgroups.targets import cells as target_cells
from workgroups.targets.forms import LABELS as TARGET_LABELS
from workgroups.targets.forms import TargetForm
from workgroups.work_programmes import cells as action_cells
from workgroups.work_programmes.drafting import demanded

# Decided euros are no longer asked for.
EUROS = gettext_lazy("Euros")
NO_HOLES = gettext_lazy("Fill this in: an approved work programme has no holes.")


def is_amendable(line: Line) -> bool:
    """Return whether a line has been decided and is not closed: before it changes by typing, later not."""
    if isinstance(line, AnnualTarget):
        return line.state == AnnualTarget.State.DECIDED
    return line.removed_at is None and is_amendable_plan(line.work_programme)


def is_amendable_plan(plan: WorkProgramme) -> bool:
    """Return whether a plan has been approved and is not closed."""
    return plan.state in (WorkProgramme.State.APPROVED, WorkProgramme.State.NOTED)


def must_be_amendable(line: Line | WorkProgramme) -> None:
    """Raise ValidationError where a line or a plan still changes by typing, or no longer at all."""
    if not (is_amendable_plan(line) if isinstance(line, WorkProgramme) else is_amendable(line)):
        raise ValidationError(_("Only what has been decided, and is not closed, changes by an amendment."))


def cells_of(line: Line) -> dict[str, str]:
    """Return the text of every cell of a line, as it stands."""
    return target_cells.cells_of(line) if isinstance(line, AnnualTarget) else action_cells.cells_of(line)


def form_of(line: Line, data: Any = None) -> forms.BaseForm:
    """Return the form of a line: filled with what stands, or with what was typed."""
    if isinstance(line, AnnualTarget):
        named: dict[str, Any] = {
            "programme": line.programme,
            "group": answering_group_of(line),
            "stored": line,
            "year": line.year,
        }
        if data is not None:
            target_form = TargetForm(data, instance=AnnualTarget(), **named)
        else:
            stored = target_cells.cells_of(line)
            several = {name: stored[name].split() for name in target_cells.SEVERAL}
            target_form = TargetForm(instance=line, initial=several, **named)
        target_form.fields["own_euros"].label = EUROS
        return target_form
    if data is not None:
        form = action_cells.CellsForm(data, work_programme=line.work_programme, stored=line)
    else:
        initial = action_cells.for_form(action_cells.cells_of(line))
        form = action_cells.CellsForm(initial=initial, work_programme=line.work_programme, stored=line)
    # Whether they are filled in is asked of the whole row, when it is proposed.
    for name in demanded(made_elsewhere=line.work_programme.made_elsewhere):
        form.fields[name].is_demanded_later = True  # type: ignore[attr-defined]
    return form


def form_of_new(plan: WorkProgramme, data: Any = None, *, continues: Action | None = None) -> forms.BaseForm:
    """Return the form of an action that would be added to a plan, with what was typed.

    Empty, or filled with the action of the year before that it would continue: its targets are of that year,
    those that continue them are chosen instead.
    """
    centre = plan.group.cost_centre
    initial = {"cost_centre": centre.code if centre else ""}
    if continues is not None:
        targets = AnnualTarget.objects.decided().filter(continues__in=continues.targets.all(), year=plan.year)
        initial = action_cells.for_form(action_cells.cells_of(continues)) | {
            "targets": [target.code for target in targets]
        }
    form = action_cells.CellsForm(data, work_programme=plan, initial=initial)
    for name in demanded(made_elsewhere=plan.made_elsewhere):
        form.fields[name].required = True
        form.fields[name].error_messages["required"] = NO_HOLES
    return form


def changes_in(line: Line, form: forms.BaseForm) -> list[Change]:
    """Return what a valid form changes of a line, cell by cell in the order of the form."""
    return changes_from(cells_of(line), form)


def cells_of_new(form: forms.BaseForm) -> list[Change]:
    """Return what a valid form says of an action that would be added."""
    return changes_from(dict.fromkeys(action_cells.CELLS, ""), form)


def cells_of_removed(action: Action) -> list[Change]:
    """Return what stands in an action that would be removed: its words stay readable with the decision."""
    with in_language_of_minutes():
        fields = form_of(action).fields
        return [
            Change(
                cell=name,
                label=str(fields[name].label),
                old=text,
                new="",
                old_shown=shown(fields[name], text),
                new_shown="",
            )
            for name, text in action_cells.cells_of(action).items()
            if text
        ]


def changes_from(stands: dict[str, str], form: forms.BaseForm) -> list[Change]:
    """Return what a valid form changes of cells, in the order of the form."""
    # By value, and in the language of the minutes: those who decide and those who look back read the same.
    with in_language_of_minutes():
        return _changes(form, stands)


def label_of(change: Change) -> str:
    """Return the name of a changed cell in the reader's language."""
    name = change["cell"]
    if name == "own_euros":
        return str(EUROS)
    if name in action_cells.LABELS:
        return str(action_cells.LABELS[name])
    columns = {field.name: field for field in AnnualTarget._meta.fields}
    known = {**TargetForm.Meta.labels, **TARGET_LABELS}
    own = known.get(name) or TargetForm.declared_fields.get(name, forms.Field()).label
    return str(own or (capfirst(columns[name].verbose_name) if name in columns else change["label"]))


def typed_in(form: forms.BaseForm) -> dict[str, str]:
    """Return the text of every cell of a valid form."""
    if isinstance(form, TargetForm):
        return target_cells.cells_in(form.cleaned_data)
    return {name: action_cells.read_cell(name, value) for name, value in form.cleaned_data.items()}


def sent_as(line: Line, cells: dict[str, str]) -> dict[str, Any]:
    """Return the cells of a line as a browser would send them."""
    of_kind = target_cells if isinstance(line, AnnualTarget) else action_cells
    return of_kind.for_form(cells)


def _changes(form: forms.BaseForm, stands: dict[str, str]) -> list[Change]:
    return [
        Change(
            cell=name,
            label=str(form.fields[name].label),
            old=stands[name],
            new=text,
            old_shown=shown(form.fields[name], stands[name]),
            new_shown=shown(form.fields[name], text),
        )
        for name, text in typed_in(form).items()
        if text != stands[name]
    ]


def apply(line: Line, changes: dict[str, str], **columns: Any) -> None:
    """Write amended cells, and columns that are none, into a line and save it as its next version.

    Raises ValidationError where they no longer fit: what they point at is gone, or cells contradict.
    """
    form = form_of(line, sent_as(line, cells_of(line) | changes))
    if not form.is_valid():
        raise ValidationError([message for messages in form.errors.values() for message in messages])
    before = columns_of(line)
    for name, value in columns.items():
        setattr(line, name, value)
    for name in changes:
        _write(line, name, form.cleaned_data[name])
    line.version += 1
    save_changed(line, before)


def take_in(action: Action, row: dict[str, str]) -> None:
    """Take an action that stood outside its plan into it, with these cells."""
    apply(action, row, removed_at=None, removed_by=None)


def take_out(action: Action, *, actor: User) -> None:
    """Take an action out of its approved plan; what was said of it stays."""
    action.removed_at = clock.now()
    action.removed_by = actor
    action.version += 1
    action.save(update_fields=["removed_at", "removed_by", "version"])


def _write(line: Line, name: str, value: Any) -> None:
    several = target_cells.SEVERAL if isinstance(line, AnnualTarget) else action_cells.SEVERAL
    if name in several:
        getattr(line, name).set(value)
    elif isinstance(line, Action):
        action_cells.write_cell(line, name, value)
    else:
        setattr(line, name, value)
