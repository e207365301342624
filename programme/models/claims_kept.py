"""What the database itself keeps of a claim: what has been handed on stays as it was, whoever asks."""

import pgtrigger

from programme.models.append_only import never_emptied

FIGURES = (
    "programme",
    "code",
    "year",
    "starts_on",
    "ends_on",
    "costs",
    "other_income",
    "not_eligible",
    "rate",
    "state_share",
)
SENT = ("sent", "decided", "paid")
LINES_MAKE_THE_SUMS = """
    IF NEW.not_eligible <> (
        SELECT COALESCE(SUM(line.amount), 0)
        FROM programme_claimexclusion AS line
        WHERE line.claim_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'What is not eligible in a claim is the sum of its lines.';
    END IF;
    IF NEW.costs <> (
        SELECT COALESCE(SUM(entry.amount), 0)
        FROM programme_claimedentry AS claimed
        JOIN programme_ledgerentry AS entry ON entry.id = claimed.entry_id
        WHERE claimed.claim_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The costs of a claim are the sum of its entries.';
    END IF;
    RETURN NEW;
"""
OF_A_DRAFT_ONLY = """
    IF EXISTS (
        SELECT 1 FROM programme_paymentclaim
        WHERE state <> 'drafted' AND id IN (COALESCE(OLD.claim_id, 0), COALESCE(NEW.claim_id, 0))
    ) THEN
        RAISE EXCEPTION 'The lines of a claim change while it is a draft.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
DOCUMENTS_STAY = """
    IF EXISTS (
        SELECT 1 FROM programme_paymentclaim
        WHERE state IN ('sent', 'decided', 'paid') AND id = OLD.claim_id
    ) THEN
        RAISE EXCEPTION 'The documents of a claim that was sent stay.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def kept_when_handed_on() -> list[pgtrigger.Trigger]:
    """Return the triggers that keep a claim's figures once it is no draft, and once sent, the rest."""
    states = ", ".join(f"'{state}'" for state in SENT)
    return [
        pgtrigger.Trigger(
            name="figures_of_a_claim_change_in_a_draft_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state__df="drafted") & _changed(*FIGURES),
            func="RAISE EXCEPTION 'The figures of a claim change while it is a draft.';",
        ),
        pgtrigger.Trigger(
            name="a_claim_that_was_sent_stays_sent",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state__in=SENT) & _changed("decision", "matter", "claimed_on"),
            func="RAISE EXCEPTION 'A claim that was sent keeps its decision and its day.';",
        ),
        pgtrigger.Trigger(
            name="a_claim_that_was_sent_does_not_come_back",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"OLD.state IN ({states}) AND NEW.state NOT IN ({states})"),
            func="RAISE EXCEPTION 'A claim that was sent does not come back.';",
        ),
        pgtrigger.Trigger(
            name="what_was_decided_and_paid_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state="paid")
            & _changed("decided_on", "decided_amount", "decided_reason"),
            func="RAISE EXCEPTION 'What the funder decided of a claim that is paid stays.';",
        ),
        pgtrigger.Trigger(
            name="lines_of_a_claim_make_its_sums",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.state = 'drafted' AND NEW.state <> 'drafted'"),
            func=LINES_MAKE_THE_SUMS,
        ),
        pgtrigger.Protect(
            name="a_claim_is_removed_as_a_draft_only",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Q(old__state__df="drafted"),
        ),
        never_emptied("payment_claims_whole"),
    ]


def _changed(*fields: str) -> pgtrigger.Q:
    changed = pgtrigger.Q()
    for field in fields:
        changed |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    return changed


def kept_with_its_claim(name: str) -> list[pgtrigger.Trigger]:
    """Return the trigger that adds, changes and removes no line of a claim that is no draft."""
    return [
        pgtrigger.Trigger(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=OF_A_DRAFT_ONLY,
        )
    ]


def documents_kept() -> list[pgtrigger.Trigger]:
    """Return the trigger that keeps the documents of a claim that was sent; others may join them."""
    return [
        pgtrigger.Trigger(
            name="documents_of_a_sent_claim_stay",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=DOCUMENTS_STAY,
        )
    ]
