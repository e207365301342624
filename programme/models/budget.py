"""The decided budget, and the amendments that alone change it. All sums are euros."""

from typing import Any, Self

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.models.base import exactly_one, translated
from programme.models.bodies import Body
from programme.models.decided import (
    kept_as_amended,
    kept_when_decided,
    kept_with_its_budget,
    made_with_its_amendment,
)
from programme.models.meetings import Decision, Matter
from programme.models.programme import Programme


@pghistory.track()
class CostCentre(models.Model):
    """A cost centre of the programme's task in the budget."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cost_centres")
    code = models.CharField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=20)
    name = translated(_("name"))

    class Meta:
        ordering = ["programme", "number"]
        verbose_name = _("cost centre")
        verbose_name_plural = _("cost centres")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_cost_centre_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class Account(models.Model):
    """An account of the chart of accounts."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("expense")
        INCOME = "income", _("income")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=20)
    name = translated(_("name"))
    group = translated(_("group of accounts"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["programme", "number"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_account_per_code")]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class FundingSource(models.Model):
    """Where the money comes from; the income account follows from it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="funding_sources")
    code = models.CharField(_("code"), max_length=40)
    short_name = models.CharField(_("short name"), max_length=40)
    name = translated(_("name"))
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="funding_sources")
    of_municipalities = models.BooleanField(
        _("paid by the member municipalities, who share it by the key of contributions"), default=False
    )

    class Meta:
        ordering = ["programme", "account__number"]
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_funding_source_per_code"),
        ]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class Budget(models.Model):
    """The budget of one year; it is drawn up, proposed, decided; from then on only amendments change it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="budgets")
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveIntegerField(_("year"))
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="budgets"
    )
    dates_are_real = models.BooleanField(_("dates are from a source"), null=True)

    class Meta:
        ordering = ["programme", "year"]
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_budget_per_code"),
            models.UniqueConstraint(fields=["programme", "year"], name="one_budget_per_year"),
        ]
        triggers = kept_when_decided()

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:budget")

    def address(self, name: str) -> str:
        """Return the address of a page of this budget, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.year])

    @property
    def plan_years(self) -> list[int]:
        """The years of the plan that is decided with it."""
        return [self.year + ahead for ahead in BudgetPlanLine.YEARS_AHEAD]

    @property
    def is_draft(self) -> bool:
        """Whether its lines may still be written: neither proposed nor decided."""
        return self.proposed_on is None and self.decided_on is None

    @property
    def is_over(self) -> bool:
        """Whether its year is over: nothing that is decided from then on amends it."""
        return clock.today().year > self.year

    @property
    def waits(self) -> bool:
        """Whether it is proposed and not decided yet."""
        return self.proposed_on is not None and self.decided_on is None


@pghistory.track()
class BudgetHandling(models.Model):
    """A body handled the budget on a day: in a matter, or on a date whose § nobody knows."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="handlings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="budget_handlings")
    handled_on = models.DateField(_("handled on"))
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_handlings"
    )

    class Meta:
        ordering = ["budget", "handled_on"]
        verbose_name = _("handling of a budget")
        verbose_name_plural = _("handlings of budgets")
        constraints = [
            models.UniqueConstraint(fields=["budget", "body"], name="one_handling_per_budget_and_body"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.body_id}"


class BudgetRowQuerySet(models.QuerySet[Any]):
    def expenses(self) -> Self:
        return self.filter(account__isnull=False)

    def income(self) -> Self:
        return self.filter(funding_source__isnull=False)


class BudgetLineQuerySet(BudgetRowQuerySet):
    def decided(self) -> Self:
        """Lines of decided budgets: what is being drawn up is told nowhere but on its own pages."""
        return self.filter(budget__decided_on__isnull=False)


class BudgetRow(models.Model):
    """A sum on a cost centre: an expense by account, or an income by funding source."""

    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, related_name="%(class)ss")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    funding_source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    amount = models.DecimalField(_("euros"), max_digits=14, decimal_places=2)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("account", "funding_source"),
                name="%(class)s_is_an_expense_or_an_income",
            ),
        ]


@pghistory.track()
class BudgetLine(BudgetRow):
    """A line of a budget, drawn up or decided."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")

    objects = BudgetLineQuerySet.as_manager()

    class Meta(BudgetRow.Meta):
        ordering = ["budget", "cost_centre", "account", "funding_source"]
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            *BudgetRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "cost_centre", "account", "funding_source"],
                nulls_distinct=False,
                name="one_budget_line_per_cost_centre_and_account",
            ),
        ]
        triggers = kept_with_its_budget()

    def __str__(self) -> str:
        return f"{self.budget_id} {self.cost_centre_id}"


@pghistory.track()
class BudgetPlanLine(BudgetRow):
    """What the plan that is decided with a budget has on a line in a year after the budget's own."""

    YEARS_AHEAD = (1, 2)

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="plan_lines")
    years_ahead = models.PositiveSmallIntegerField(_("years after the budget’s year"))

    objects = BudgetRowQuerySet.as_manager()

    class Meta(BudgetRow.Meta):
        ordering = ["budget", "years_ahead", "cost_centre", "account", "funding_source"]
        verbose_name = _("line of a plan year")
        verbose_name_plural = _("lines of plan years")
        constraints = [
            *BudgetRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(years_ahead__in=(1, 2)), name="a_plan_line_is_one_or_two_years_ahead"
            ),
            models.UniqueConstraint(
                fields=["budget", "years_ahead", "cost_centre", "account", "funding_source"],
                nulls_distinct=False,
                name="one_plan_line_per_year_cost_centre_and_account",
            ),
        ]
        triggers = kept_with_its_budget()

    def __str__(self) -> str:
        return f"{self.budget_id} {self.cost_centre_id} +{self.years_ahead}"


@pghistory.track()
class BudgetAmendment(models.Model):
    """A decided change of a budget: a body's, or the presenting officer's own inside a cost centre."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="amendments")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=80)
    text = models.TextField(_("text"))
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_amendments"
    )
    decided_on = models.DateField(_("decided on"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_amendments"
    )

    class Meta:
        ordering = ["budget", "decided_on", "code"]
        verbose_name = _("budget amendment")
        verbose_name_plural = _("budget amendments")
        constraints = [
            models.UniqueConstraint(fields=["budget", "code"], name="one_budget_amendment_per_code"),
        ]
        triggers = kept_as_amended("a_budget_amendment_stays")

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class BudgetAmendmentLine(BudgetRow):
    """By how many euros an amendment changes one line; minus takes away."""

    amendment = models.ForeignKey(BudgetAmendment, on_delete=models.CASCADE, related_name="lines")

    objects = BudgetRowQuerySet.as_manager()

    class Meta(BudgetRow.Meta):
        ordering = ["amendment", "cost_centre", "account", "funding_source"]
        verbose_name = _("line of a budget amendment")
        verbose_name_plural = _("lines of budget amendments")
        constraints = [
            *BudgetRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["amendment", "cost_centre", "account", "funding_source"],
                nulls_distinct=False,
                name="one_change_per_line_of_an_amendment",
            ),
        ]
        triggers = [
            *kept_as_amended("the_lines_of_a_budget_amendment_stay"),
            *made_with_its_amendment(),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.cost_centre_id}"
