"""Forms of people, their terms and their invitation."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.administration.refusals import LeftToTheDatabase
from programme.administration.seen import SeenForm
from programme.administration.terms import Term
from programme.forms import DayField, NamedChoice
from programme.models import (
    Body,
    BodySeat,
    MunicipalContact,
    Municipality,
    Post,
    PostHolding,
    Programme,
    User,
)

FIRST_DAY, LAST_DAY = _("First day"), _("Last day")
WITHOUT_AN_END = _("Empty: goes on until it is ended.")


class PersonForm(SeenForm):
    """Who a person is: name, address, language."""

    class Meta:
        model = User
        fields = ["name", "email", "language"]
        labels = {"name": _("Name"), "email": _("E-mail address"), "language": _("Language")}
        help_texts = {
            "email": _("The person signs in with it. Links sent to the old address stop working."),
            "language": _("Of the portal’s mails, and of its pages until another is chosen in the browser."),
        }
        error_messages = {
            "name": {"required": _("Write the name.")},
            "email": {"required": _("Write the e-mail address.")},
        }

    def clean_email(self) -> str:
        """Addresses differ by more than the size of their letters."""
        return str(self.cleaned_data["email"]).lower()


class InvitationForm(forms.Form):
    """A person to invite, and the post that they begin with."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the name.")})
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes here, and the person signs in with it."),
        error_messages={"required": _("Write the e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The language of the invitation and of later mails."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"] = NamedChoice(
            Post.objects.filter(programme=programme),
            label=_("Post"),
            required=False,
            empty_label=_("No post yet"),
            help_text=_("Seats in bodies and groups are given after the invitation."),
        )
        self.fields["starts_on"] = DayField(
            label=FIRST_DAY, required=False, help_text=_("Of the post. Empty: today.")
        )
        self.fields["is_another"] = forms.BooleanField(
            label=_("This is another person of the same name"), required=False, widget=forms.HiddenInput()
        )

    def clean(self) -> dict[str, Any]:
        """Ask before a second account for one name: with two, a person could accept what they wrote."""
        cleaned = super().clean() or self.cleaned_data
        namesake = User.objects.filter(name__iexact=cleaned.get("name", "").strip()).first()
        if namesake is not None and not self.errors:
            self.fields["is_another"].widget = forms.CheckboxInput()
            if not cleaned.get("is_another"):
                self.add_error(
                    "is_another",
                    _(
                        "%(name)s has an account already: %(email)s. Everybody has one only. Confirm that"
                        " this is another person."
                    )
                    % {"name": namesake.name, "email": namesake.email},
                )
        return cleaned

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        known = User.objects.filter(email__iexact=address).first()
        if known is not None:
            raise forms.ValidationError(
                _("%(name)s has this address already. Open the account in the list of people.")
                % {"name": known.name}
            )
        return address


class TermForm(LeftToTheDatabase):
    """A new term of a person: what, from when, until when."""

    def __init__(self, *args: Any, programme: Programme, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.user = person
        self.place(programme)
        self.fields["starts_on"] = DayField(
            label=FIRST_DAY, initial=clock.today, error_messages={"required": _("Write the first day.")}
        )
        self.fields["until"] = DayField(label=LAST_DAY, required=False, help_text=WITHOUT_AN_END)

    def place(self, programme: Programme) -> None:
        """Give the choices of one programme."""


class HoldingForm(TermForm):
    class Meta:
        model = PostHolding
        fields = ["post", "starts_on", "until"]

    def place(self, programme: Programme) -> None:
        self.fields["post"] = NamedChoice(
            Post.objects.filter(programme=programme),
            label=_("Post"),
            error_messages={"required": _("Choose the post.")},
        )


class SeatForm(TermForm):
    class Meta:
        model = BodySeat
        fields = ["body", "position", "municipality", "starts_on", "until"]
        labels = {"position": _("Position")}

    def place(self, programme: Programme) -> None:
        self.fields["body"] = NamedChoice(
            Body.objects.filter(programme=programme).in_force(clock.today()),
            label=_("Body"),
            error_messages={"required": _("Choose the body.")},
        )
        self.fields["municipality"] = NamedChoice(
            _members(programme),
            label=_("Municipality"),
            required=False,
            empty_label=_("No municipality"),
        )


class ContactForm(TermForm):
    class Meta:
        model = MunicipalContact
        fields = ["municipality", "starts_on", "until"]

    def place(self, programme: Programme) -> None:
        self.instance.programme = programme
        self.fields["municipality"] = NamedChoice(
            _members(programme),
            label=_("Municipality"),
            error_messages={"required": _("Choose the municipality.")},
        )


def _members(programme: Programme) -> Any:
    return Municipality.objects.filter(memberships__programme=programme).distinct()


class EndForm(SeenForm):
    """The last day of a term."""

    until = DayField(label=LAST_DAY, error_messages={"required": _("Write the last day.")})


def end_form(term: Term, typed: Any = None) -> EndForm:
    """Return the form by which a term is ended, its field known on the page by the term."""
    form_class: Any = forms.modelform_factory(type(term), form=EndForm, fields=["until"])
    form: EndForm = form_class(typed, instance=term, auto_id=f"{type(term).__name__.lower()}-{term.pk}-%s")
    return form
