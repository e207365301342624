"""The way of a claim: drafted, before the board, sent, decided by the funder, paid."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock
from programme.models.claims_kept import SENT
from programme.models.meetings import Decision, Matter


class ClaimState(models.TextChoices):
    """How far a claim has come."""

    DRAFTED = "drafted", gettext_lazy("drafted")
    AT_BOARD = "at_board", gettext_lazy("before the board")
    SENT = "sent", gettext_lazy("sent")
    DECIDED = "decided", gettext_lazy("decided by the funder")
    PAID = "paid", gettext_lazy("paid")


class ClaimSteps(models.Model):
    """Each step checks where the claim stands and what is told of it, and raises ValidationError.

    `matter` is where a meeting handles the claim, `decision` what it decided. `decided_amount` may be less
    than what was claimed; then `decided_reason` says why.
    """

    State = ClaimState
    state_share: Decimal

    state = models.CharField(
        gettext_lazy("state"), max_length=20, choices=ClaimState.choices, default=ClaimState.DRAFTED
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    claimed_on = models.DateField(gettext_lazy("claimed on"), null=True, blank=True)
    decided_on = models.DateField(gettext_lazy("decided by the funder on"), null=True, blank=True)
    decided_amount = models.DecimalField(
        gettext_lazy("decided by the funder, euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    decided_reason = models.TextField(gettext_lazy("why less than claimed"), blank=True)
    paid_on = models.DateField(gettext_lazy("paid on"), null=True, blank=True)
    paid_amount = models.DecimalField(
        gettext_lazy("paid, euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.state == ClaimState.DRAFTED

    @property
    def is_sent(self) -> bool:
        return self.state in SENT

    def must_be_draft(self) -> None:
        """Raise ValidationError where the claim has been handed on: its figures stay from then on."""
        if not self.is_draft:
            raise ValidationError(
                _("The claim is no draft any more: it is %(state)s.") % {"state": self.get_state_display()}  # type: ignore[attr-defined]
            )

    def hand_on(self, matter: Matter | None) -> None:
        """Put a draft before the board, in a matter where there is one already."""
        self.must_be_draft()
        self.state, self.matter = ClaimState.AT_BOARD, matter

    def take_back(self) -> None:
        """Make a claim a draft again, until the board has decided."""
        self._must_be(ClaimState.AT_BOARD)
        if self.decision_id is not None:
            raise ValidationError(_("The board has decided on this claim: it does not come back."))
        self.state, self.matter = ClaimState.DRAFTED, None

    def decide(self, decision: Decision) -> None:
        """Tie the board's decision to the claim."""
        self._must_be(ClaimState.AT_BOARD)
        if self.decision_id is not None:
            raise ValidationError(_("The board’s decision has been entered already."))
        self.matter, self.decision = decision.matter, decision

    def send(self, *, on: datetime.date) -> None:
        """Say when the claim was sent to the funder: after the board's decision, with its §."""
        self._must_be(ClaimState.AT_BOARD)
        if self.decision is None:
            raise ValidationError(_("The board has not decided on this claim yet."))
        held_on = self.decision.matter.meeting.held_on
        if on < held_on:
            raise ValidationError({"claimed_on": _("The board decided only later than this day.")})
        _must_have_come("claimed_on", on)
        self.state, self.claimed_on = ClaimState.SENT, on

    def settle(self, *, on: datetime.date, amount: Decimal, reason: str) -> None:
        """Say what the funder decided; until it is paid, that can be said anew."""
        self._must_be(ClaimState.SENT, ClaimState.DECIDED)
        assert self.claimed_on is not None  # noqa: S101  kept by a constraint
        if on < self.claimed_on:
            raise ValidationError({"decided_on": _("The claim was sent only later than this day.")})
        _must_have_come("decided_on", on)
        if amount > self.state_share:
            raise ValidationError({"decided_amount": _("The funder decides at most what was claimed.")})
        if amount < self.state_share and not reason:
            raise ValidationError(
                {"decided_reason": _("Less was decided than claimed. Write the funder’s reason.")}
            )
        self.state, self.decided_on, self.decided_amount = ClaimState.DECIDED, on, amount
        self.decided_reason = reason if amount < self.state_share else ""

    def pay(self, *, on: datetime.date, amount: Decimal) -> None:
        """Say what the funder paid and when; a slip can be mended by saying it anew."""
        self._must_be(ClaimState.DECIDED, ClaimState.PAID)
        assert self.decided_on is not None  # noqa: S101  kept likewise
        assert self.decided_amount is not None  # noqa: S101
        if on < self.decided_on:
            raise ValidationError({"paid_on": _("The funder decided only later than this day.")})
        _must_have_come("paid_on", on)
        if not 0 < amount <= self.decided_amount:
            raise ValidationError(
                {"paid_amount": _("The funder pays at most what it decided, and not nothing.")}
            )
        self.state, self.paid_on, self.paid_amount = ClaimState.PAID, on, amount

    def _must_be(self, *states: str) -> None:
        if self.state not in states:
            raise ValidationError(
                _("This does not fit where the claim stands: it is %(state)s.")
                % {"state": self.get_state_display()}  # type: ignore[attr-defined]
            )


def _must_have_come(field: str, day: datetime.date) -> None:
    if day > clock.today():
        raise ValidationError({field: _("This day has not come yet.")})
