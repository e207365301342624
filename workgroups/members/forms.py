"""The form of a membership: whose place it is, in which role, from when until when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.forms import DayField, WordsChoice
from programme.models import Municipality, Programme, User
from programme.saving import RememberingForm
from workgroups.members.keeping import must_end_after_it_begins
from workgroups.members.places import SEATS
from workgroups.models import Membership


class PersonChoice(forms.ModelChoiceField):
    """A person, by name and address: two may have the same name."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person} ({person.email})"


class MembershipForm(RememberingForm):
    """A place in a group. A seat may wait for its holder: then it stands with the municipality alone."""

    starts_on = DayField(label=_("From"), help_text=_("The first day of the term."))
    until = DayField(
        label=_("Until"), required=False, help_text=_("The last day; empty while the term goes on.")
    )

    class Meta:
        model = Membership
        fields = ["role", "municipality", "user", "title", "starts_on", "until"]
        labels = {"role": _("Role"), "title": _("Title")}
        help_texts = {"title": _("For example head of social services, or the organisation of an expert.")}
        error_messages = {"role": {"required": _("Choose the role.")}}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = WordsChoice(
            Municipality.objects.filter(memberships__programme=programme).distinct(),
            label=_("Municipality"),
            required=False,
            empty_label="–",
            help_text=_("Whose seat it is; the chair, the vice chairs and the members have one."),
        )
        self.fields["user"] = PersonChoice(
            User.objects.filter(Q(is_active=True) | Q(pk=self.instance.user_id)),
            label=_("Person"),
            required=False,
            empty_label=_("nobody named yet"),
            help_text=_("Gets the rights of the role for the term."),
        )
        self.order_fields(self._meta.fields)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101  the model's choices made it one
        role.choices = [("", "–"), *Membership.Role.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role in SEATS and not self.errors.get("municipality") and not cleaned.get("municipality"):
            self.add_error("municipality", _("Choose the municipality whose seat it is."))
        if role == Membership.Role.COORDINATOR and not cleaned.get("user"):
            self.add_error("user", _("Choose the person: a coordinator writes for the group."))
        if role and role not in SEATS and not any(map(cleaned.get, ("municipality", "user", "title"))):
            raise ValidationError(_("Say who it is: a municipality, a person or a title."))
        must_end_after_it_begins(cleaned)
        return cleaned

    def validate_constraints(self) -> None:
        """Leave overlapping terms to the database: the service tells which one is in the way."""
