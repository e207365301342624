"""Payment claims to the funder: from the ledger's costs to what the funder paid. All sums are euros."""

from programme.claims.due import ClaimDue, claims_due

__all__ = ["ClaimDue", "claims_due"]
