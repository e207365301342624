"""The forms by which a claim goes on: a matter, a decision, days and sums, papers."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programme import clock, text
from programme.attachments.forms import FilesField, SecrecyGroundField
from programme.claims.acting import matters_to_handle, meetings_to_decide
from programme.forms import DayField, DecisionTextField, EuroField, RowChoice
from programme.matter_forms import MatterForm
from programme.models import DecisionTemplate, PaymentClaim

LONGEST_REASON = 1000


def _day(label: Any) -> DayField:
    return DayField(label=label, error_messages={"required": _("Write the day.")})


class MatterChoice(RowChoice):
    """A matter, by its meeting, number and title."""

    def label_from_instance(self, matter: Any) -> str:
        body = text.words_of(matter.meeting.body, "name")[0]
        return f"{body} {text.day(matter.meeting.held_on)}, {text.section(matter.section)} {matter.title}"


class HandOnForm(forms.Form):
    """Where the board handles a claim, if the matter is on an agenda already."""

    def __init__(self, data: Any = None, *, claim: PaymentClaim) -> None:
        super().__init__(data, auto_id="hand-on-%s")
        matters = matters_to_handle(claim).select_related("meeting__body").order_by("meeting__held_on")
        self.fields["matter"] = MatterChoice(
            matters,
            label=_("Matter of a meeting"),
            required=False,
            help_text=_(
                "May be left out: the decision tells it later. The body sees the claim once its agenda is"
                " published."
            ),
        )


class BoardsDecisionForm(MatterForm):
    """In which meeting the board approved a claim, under which §, and in which words."""

    def __init__(self, data: Any = None, *, claim: PaymentClaim) -> None:
        matter = claim.matter
        super().__init__(data, auto_id="decision-%s")
        self.fields["text"] = DecisionTextField()
        meetings = meetings_to_decide(claim).select_related("body").order_by("-held_on")
        self.offer(
            meetings,
            number=_("Section (§)"),
            why_none=_("No body that decides has met since the claim’s last day, %(day)s.")
            % {"day": text.day(claim.ends_on)},
        )
        self.order_fields(["meeting", "number", "this_matter", "text"])
        template = DecisionTemplate.objects.filter(
            body__programme=claim.programme, body__decides=True, use=DecisionTemplate.Use.CLAIM
        ).first()
        self.initial["text"] = template.text if template else ""
        if matter is not None:
            self.initial["meeting"], self.initial["number"] = matter.meeting.code, matter.section


class SendForm(forms.Form):
    """When a claim was sent."""

    claimed_on = _day(_("Sent on"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"claimed_on": clock.today()}, auto_id="send-%s")


class PapersForm(forms.Form):
    """Papers to add, and the ground where they are secret."""

    papers = FilesField(
        label=_("Documents"),
        help_text=format_lazy(
            _("PDF, picture, office file without macros, or text; at most {size} MB each."),
            size=settings.LARGEST_FILE // (1024 * 1024),
        ),
    )
    secrecy_ground = SecrecyGroundField(
        help_text=_(
            "Section and item of the Act on the Openness of Government Activities, when the files you add are"
            " secret. Only the finance officer, the programme office, the presenting officer and the auditor"
            " get them."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="papers-%s")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("papers"):
            self.add_error("papers", _("Choose the file."))
        return cleaned


class FunderForm(forms.Form):
    """What the funder decided; its decision may come along as a file."""

    decided_on = _day(_("Decided on"))
    decided_amount = EuroField(
        label=_("Decided, €"), min_value=0, error_messages={"required": _("Write the sum in euros.")}
    )
    decided_reason = forms.CharField(
        label=_("Why less than claimed"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
    )
    papers = FilesField(label=_("The funder’s decision as a file"))

    def __init__(self, data: Any = None, files: Any = None, *, claim: PaymentClaim) -> None:
        amount = claim.state_share if claim.decided_amount is None else claim.decided_amount
        initial = {
            "decided_on": claim.decided_on,
            "decided_amount": amount,
            "decided_reason": claim.decided_reason,
        }
        super().__init__(data, files, initial=initial, auto_id="funder-%s")
        self.fields["decided_reason"].demanded_when = _("where it is less")  # type: ignore[attr-defined]


class PaymentForm(forms.Form):
    """What the funder paid, and when."""

    paid_on = _day(_("Paid on"))
    paid_amount = EuroField(
        label=_("Paid, €"), min_value=0, error_messages={"required": _("Write the sum in euros.")}
    )

    def __init__(self, data: Any = None, *, claim: PaymentClaim) -> None:
        amount = claim.decided_amount if claim.paid_amount is None else claim.paid_amount
        initial = {"paid_on": claim.paid_on, "paid_amount": amount}
        super().__init__(data, initial=initial, auto_id="payment-%s")
