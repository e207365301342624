"""Proposals that a decided budget changes; an accepted one is an amendment of the budget from then on."""

from decimal import Decimal

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import rules as programme_rules
from programme.models import Budget, BudgetAmendment, Programme, User
from programme.models.append_only import never_emptied
from programme.models.budget import BudgetRow, BudgetRowQuerySet
from workgroups.models.proposals import DECISION, KEEP_WHAT_WAS_PROPOSED, PEOPLE, Proposal, array_of

MAKE_WHILE_IT_WAITS = """
    IF EXISTS (
        SELECT 1
          FROM workgroups_budgetproposal AS proposal
         WHERE proposal.id = NEW.proposal_id
           AND proposal.state <> 'proposed'
    ) THEN
        RAISE EXCEPTION 'An amendment is decided once and as it was proposed.';
    END IF;
    RETURN NEW;
"""


class BudgetProposalQuerySet(models.QuerySet["BudgetProposal"]):
    def visible_to(self, user: User | AnonymousUser, programme: Programme) -> "BudgetProposalQuerySet":
        """Accepted ones are public, as the budget is; the rest is its writers' and the deciders'."""
        of_programme = self.filter(budget__programme=programme)
        reads = programme_rules.reads_unfinished_work | programme_rules.is_finance_officer
        if (reads | programme_rules.is_secretary)(user, programme):
            return of_programme
        return of_programme.filter(state=Proposal.State.ACCEPTED)


@pghistory.track()
class BudgetProposal(Proposal):
    """A proposal that euros of a decided budget move, are added or taken away."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="proposals")
    amendment = models.OneToOneField(
        BudgetAmendment, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    objects = BudgetProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-code"]
        verbose_name = _("proposal of a budget amendment")
        verbose_name_plural = _("proposals of budget amendments")
        constraints = [
            models.UniqueConstraint(fields=["budget", "code"], name="one_budget_proposal_per_code"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_budget_proposal_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "rejected"])
                | models.Q(decision__isnull=False)
                | models.Q(decider="presenting_officer"),
                name="a_budget_proposal_is_decided_in_a_meeting_or_by_the_presenter",
            ),
            models.CheckConstraint(
                condition=models.Q(state="accepted", amendment__isnull=False)
                | (~models.Q(state="accepted") & models.Q(amendment__isnull=True)),
                name="what_is_accepted_amends_the_budget",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_budget_proposal_is_decided_as_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("people", PEOPLE), ("decision", array_of(*DECISION, "amendment_id"))],
                func=KEEP_WHAT_WAS_PROPOSED,
            ),
            pgtrigger.Protect(name="a_budget_proposal_is_not_removed", operation=pgtrigger.Delete),
            never_emptied("budget_proposals_are_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("workgroups:budget-proposal-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this proposal, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.budget.year, self.code])

    @property
    def programme(self) -> Programme:
        return self.budget.programme


@pghistory.track()
class BudgetProposalLine(BudgetRow):
    """What a line stands at when it is proposed to change, and by how many euros it would."""

    proposal = models.ForeignKey(BudgetProposal, on_delete=models.CASCADE, related_name="lines")
    stood = models.DecimalField(_("stood at, euros"), max_digits=14, decimal_places=2, null=True, blank=True)

    objects = BudgetRowQuerySet.as_manager()

    class Meta(BudgetRow.Meta):
        ordering = ["proposal", "cost_centre", "account", "funding_source"]
        verbose_name = _("line of a proposed budget amendment")
        verbose_name_plural = _("lines of proposed budget amendments")
        constraints = [
            *BudgetRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal", "cost_centre", "account", "funding_source"],
                nulls_distinct=False,
                name="one_proposed_change_per_budget_line",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="the_lines_of_a_budget_proposal_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="lines_of_a_proposal_are_made_while_it_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=MAKE_WHILE_IT_WAITS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.cost_centre_id}"

    @property
    def would_be(self) -> Decimal:
        """What the line would stand at."""
        return (self.stood or Decimal(0)) + self.amount
