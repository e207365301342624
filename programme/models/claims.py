"""What is claimed from the funder. All sums are euros.

Which figure follows from which says `programme/claims/figures.py`.
"""

from decimal import Decimal

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import Days, Versioned
from programme.models.bodies import BodySeat
from programme.models.claim_steps import ClaimState, ClaimSteps
from programme.models.claims_kept import SENT, kept_when_handed_on
from programme.models.programme import Programme
from programme.models.users import User


class PaymentClaimQuerySet(models.QuerySet["PaymentClaim"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "PaymentClaimQuerySet":
        """Drafts for those who make and watch them; from the board on its secretary; once sent, others.

        A body's own people see a claim that has a matter on a published agenda of theirs. To the rest the
        claim is told by the decision with its § and by the reports.
        """
        of_programme = self.filter(programme=programme)
        if user.has_perm("programme.read_drafted_claims", programme):
            return of_programme
        if user.has_perm("programme.enter_claim_decisions", programme):
            return of_programme.exclude(state=ClaimState.DRAFTED)
        if user.has_perm("programme.read_claims", programme):
            return of_programme.sent()
        if not isinstance(user, User):
            return self.none()
        today = clock.today()
        published = Q(matter__meeting__agenda_published_on__lte=today) | Q(
            matter__meeting__held_on__lte=today
        )
        seats = BodySeat.objects.on(today).filter(user=user, body=models.OuterRef("matter__body"))
        handed_on = of_programme.exclude(state=ClaimState.DRAFTED)
        return handed_on.filter(published & Q(models.Exists(seats)))

    def sent(self) -> "PaymentClaimQuerySet":
        """Claims that the funder has."""
        return self.filter(state__in=SENT)


@pghistory.track()
class PaymentClaim(ClaimSteps, Versioned):
    """A claim to the funder: state share = rate × (costs − other income − not eligible), whole euros down.

    `rate` is that of the grant at the claim's last change as a draft.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="claims")
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    costs = models.DecimalField(_("costs, euros"), max_digits=14, decimal_places=2)
    other_income = models.DecimalField(_("other income, euros"), max_digits=14, decimal_places=2)
    not_eligible = models.DecimalField(
        _("not eligible, euros"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    rate = models.DecimalField(_("rate, per cent"), max_digits=5, decimal_places=2)
    state_share = models.DecimalField(_("state share, euros"), max_digits=14, decimal_places=2)

    objects = PaymentClaimQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "starts_on"]
        verbose_name = _("payment claim")
        verbose_name_plural = _("payment claims")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_claim_per_code"),
            ExclusionConstraint(
                name="a_cost_is_claimed_once",
                expressions=[
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                    ("programme", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on"), starts_on__year=F("year"), ends_on__year=F("year")),
                name="a_claim_is_of_one_year",
            ),
            models.CheckConstraint(
                condition=Q(state_share=0)
                | Q(
                    state_share__gt=0,
                    state_share__lte=F("rate") * (F("costs") - F("other_income") - F("not_eligible")) / 100,
                ),
                name="the_state_share_is_at_most_the_rate",
            ),
            models.CheckConstraint(
                condition=Q(state_share=Floor("state_share")), name="the_state_share_is_in_whole_euros"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | Q(claimed_on__isnull=False), name="a_sent_claim_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "paid"))
                | Q(
                    decided_on__isnull=False,
                    decided_on__gte=F("claimed_on"),
                    decided_amount__isnull=False,
                    decided_amount__gte=0,
                    decided_amount__lte=F("state_share"),
                ),
                name="a_decided_claim_says_when_and_how_much",
            ),
            models.CheckConstraint(
                condition=Q(decided_amount__isnull=True)
                | Q(decided_amount=F("state_share"))
                | ~Q(decided_reason=""),
                name="less_than_claimed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid")
                | Q(
                    paid_on__isnull=False,
                    paid_on__gte=F("decided_on"),
                    paid_amount__isnull=False,
                    paid_amount__gt=0,
                    paid_amount__lte=F("decided_amount"),
                ),
                name="a_paid_claim_says_when_and_how_much",
            ),
        ]
        triggers = kept_when_handed_on()

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("programme:claim-detail")

    def address(self, name: str, *more: object) -> str:
        """Return the address of a page about this claim, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.code, *more])

    @property
    def eligible(self) -> Decimal:
        """Eligible net costs: what the rate is taken of."""
        return self.costs - self.other_income - self.not_eligible

    @property
    def municipal_share(self) -> Decimal:
        """What is left for the municipalities: all that neither others nor the funder carry."""
        return self.costs - self.other_income - self.funders_share

    @property
    def funders_share(self) -> Decimal:
        """What the funder carries: what it decided, before that what is claimed."""
        return self.state_share if self.decided_amount is None else self.decided_amount
