"""Claims by year: what was granted, claimed, decided and paid, and the funding plan against its use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from programme import clock
from programme.amended import appropriations
from programme.claims.figures import NONE
from programme.models import (
    FundingSource,
    FundingUse,
    Grant,
    PaymentClaim,
    Programme,
)


@dataclass
class YearOfClaims:
    """A year's grant, where there is one, and its claims that the reader sees, the earliest first.

    `is_whole` says that these are all that were sent. To whoever sees a part, no sum is told: all are None.
    """

    year: int
    grant: Grant | None
    claims: list[PaymentClaim] = field(default_factory=list)
    is_whole: bool = True

    @property
    def claimed(self) -> Decimal | None:
        """What was claimed in claims that were sent."""
        return sum((claim.state_share for claim in self._sent), NONE) if self.is_whole else None

    @property
    def decided(self) -> Decimal | None:
        """What the funder decided; None where it has decided nothing yet."""
        return _known(claim.decided_amount for claim in self._sent) if self.is_whole else None

    @property
    def paid(self) -> Decimal | None:
        """What the funder paid; None where it has paid nothing yet."""
        return _known(claim.paid_amount for claim in self._sent) if self.is_whole else None

    @property
    def left(self) -> Decimal | None:
        """What of the grant is left: of claims that were sent, what was decided, else what was claimed."""
        taken = self.taken
        return None if self.grant is None or taken is None else self.grant.granted - taken

    @property
    def taken(self) -> Decimal | None:
        """What claims that were sent take of the grant: what was decided, before that what is claimed."""
        return sum((claim.funders_share for claim in self._sent), NONE) if self.is_whole else None

    @property
    def _sent(self) -> list[PaymentClaim]:
        return [claim for claim in self.claims if claim.is_sent]


def _known(sums: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in sums if one is not None]
    return sum(known, NONE) if known else None


def years_of(
    programme: Programme, claims: Iterable[PaymentClaim], *, are_all: bool = True
) -> list[YearOfClaims]:
    """Return the programme's years, and others with a grant or a claim, the latest first; one query more.

    `are_all` is whether every claim that was sent is among the claims.
    """
    first, last = programme.starts_on.year, (programme.effective_end or programme.ends_on).year
    grants = {grant.year: grant for grant in Grant.objects.filter(programme=programme)}
    by_year: dict[int, list[PaymentClaim]] = {}
    for claim in claims:
        claim.programme = programme
        by_year.setdefault(claim.year, []).append(claim)
    years = {*range(first, last + 1), *grants, *by_year}
    for grant in grants.values():
        grant.programme = programme
    return [
        YearOfClaims(year, grants.get(year), by_year.get(year, []), are_all)
        for year in sorted(years, reverse=True)
    ]


class SourceUse(NamedTuple):
    """A funding source of a year: what the amended budget counts on, and what of it has been used.

    `used` is None where it is not known: the use of other sources is told when the year's books are closed.
    """

    source: FundingSource
    amended: Decimal
    used: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.used is None else self.amended - self.used


class FundingPlan(NamedTuple):
    """The sources of a year and their sums; where a use is not known, that of all is not either."""

    rows: list[SourceUse]
    amended: Decimal
    used: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.used is None else self.amended - self.used


def funding_plan(year: YearOfClaims, programme: Programme) -> FundingPlan:
    """Return the funding plan of a year against its use; four queries.

    Of a closed year the books tell the use of each source; before that, the grant's is what claims take.
    """
    found = appropriations(
        programme, [year.year], "funding_source", until=clock.today(), funding_source__isnull=False
    )
    budgeted = {source: appropriation.amended for (source,), appropriation in found.items()}
    uses = FundingUse.objects.filter(period__programme=programme, period__year=year.year)
    used: dict[int, Decimal | None] = dict(
        uses.order_by("period__ends_on").values_list("funding_source", "amount")
    )
    granted_by = year.grant.funding_source_id if year.grant else None
    if granted_by is not None:
        used.setdefault(granted_by, year.taken)
    rows = [
        SourceUse(source, budgeted.get(source.pk, NONE), used.get(source.pk))
        for source in FundingSource.objects.filter(programme=programme).select_related("account")
        if source.pk in budgeted.keys() | used.keys()
    ]
    amounts = [row.used for row in rows if row.used is not None]
    whole = sum(amounts, NONE) if rows and len(amounts) == len(rows) else None
    return FundingPlan(rows, sum((row.amended for row in rows), NONE), whole)
