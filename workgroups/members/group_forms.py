"""Forms of working groups: a new one, and the names of one that was founded here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from priorities.models import Priority
from programme.administration.list_forms import NAME_LABELS, NAMES, NewRowForm
from programme.administration.seen import SeenForm
from programme.forms import CodeField, DayField, NamedChoice
from programme.models import CostCentre, Programme
from workgroups.members.groups import SERIES
from workgroups.models import WorkingGroup

MEMBERS_WORDS = {
    "typical_titles": _("Typical titles of its members"),
    "also_present": _("Also present in its meetings"),
}


def _meets_from() -> DayField:
    return DayField(
        label=_("Meets from"),
        required=False,
        help_text=_("Its body begins on this day. Empty: the group holds no meetings of its own."),
    )


class NewGroupForm(NewRowForm):
    """A new group: under a priority, or under another group."""

    code = CodeField(
        help_text=_(
            "Begins with WG-, for example WG-MR-2. It stands in the codes of its targets and actions, and"
            " stays."
        )
    )
    meets_from = _meets_from()

    class Meta:
        model = WorkingGroup
        fields = [*NAMES, "code", *MEMBERS_WORDS]
        labels = NAME_LABELS | MEMBERS_WORDS
        error_messages = {"name_fi": {"required": _("Write the name.")}}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["parent"] = NamedChoice(
            WorkingGroup.objects.filter(programme=programme, priority__isnull=False),
            label=_("Sub-group of"),
            required=False,
            empty_label=_("no group: a working group of its own"),
        )
        self.fields["priority"] = NamedChoice(
            Priority.objects.filter(programme=programme),
            label=_("Priority"),
            required=False,
            empty_label=_("that of the group above"),
        )
        self.fields["cost_centre"] = NamedChoice(
            CostCentre.objects.filter(programme=programme),
            label=_("Cost centre"),
            required=False,
            empty_label=_("none"),
        )
        self.order_fields([*NAMES, "code", "parent", "priority", "cost_centre", "meets_from", *MEMBERS_WORDS])

    def clean_code(self) -> str:
        """The codes of targets and actions are made from it: VT-2010-MR-2 is the group's WG-MR."""
        code = str(self.cleaned_data["code"]).upper()
        if not code.startswith(SERIES) or code == SERIES:
            raise ValidationError(_("Begin the code with WG-, for example WG-MR-2."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("parent", "priority", "cost_centre"):
            setattr(self.instance, name, cleaned.get(name))
        return cleaned


class GroupForm(SeenForm):
    """The names of a group, and from when it meets, until it does; its code and place stay."""

    class Meta:
        model = WorkingGroup
        fields = [*NAMES, *MEMBERS_WORDS]
        labels = NAME_LABELS | MEMBERS_WORDS
        error_messages = {"name_fi": {"required": _("Write the name.")}}

    def __init__(self, *args: Any, instance: WorkingGroup, **kwargs: Any) -> None:
        instance.meets_from = None  # type: ignore[attr-defined]  # a cell of the form, not a column
        super().__init__(*args, instance=instance, **kwargs)
        if instance.body is None:
            self.fields["meets_from"] = _meets_from()
