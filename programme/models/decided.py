"""What a meeting has decided of money stays: the database itself refuses to change it, whoever asks.

A budget is drawn up undecided, with its lines; from its decision on only amendments change what it gives. An
amendment is made whole, in one transaction with its lines.
"""

import pgtrigger

KEEP_A_DECIDED_BUDGET = """
    IF OLD.decided_on IS NULL OR to_jsonb(NEW) = to_jsonb(OLD) THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'A decided budget changes by amendment only.';
"""
KEEP_WITH_ITS_BUDGET = """
    IF EXISTS (
        SELECT 1
          FROM programme_budget AS budget
         WHERE budget.id IN (OLD.budget_id, NEW.budget_id)
           AND budget.decided_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A decided budget changes by amendment only.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""

# The trail of an amendment tells when the transaction that made it began.
MAKE_WITH_ITS_AMENDMENT = """
    IF NOT EXISTS (
        SELECT 1
          FROM programme_budgetamendmentevent AS made
         WHERE made.pgh_obj_id = NEW.amendment_id
           AND made.pgh_label = 'insert'
           AND made.pgh_created_at = transaction_timestamp()
    ) THEN
        RAISE EXCEPTION 'The lines of a decided amendment are made with it.';
    END IF;
    RETURN NEW;
"""


def kept_when_decided() -> list[pgtrigger.Trigger]:
    """Return the trigger that keeps a decided budget as it is."""
    return [
        pgtrigger.Trigger(
            name="a_decided_budget_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=KEEP_A_DECIDED_BUDGET,
        )
    ]


def kept_with_its_budget() -> list[pgtrigger.Trigger]:
    """Return the trigger that adds, changes and removes no line of a decided budget."""
    return [
        pgtrigger.Trigger(
            name="the_lines_of_a_decided_budget_stay",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=KEEP_WITH_ITS_BUDGET,
        )
    ]


def kept_as_amended(name: str) -> list[pgtrigger.Trigger]:
    """Return the trigger that keeps a decided amendment of a budget, or a line of one, as it is."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


def made_with_its_amendment() -> list[pgtrigger.Trigger]:
    """Return the trigger that adds no line to an amendment that another transaction made."""
    return [
        pgtrigger.Trigger(
            name="lines_of_a_budget_amendment_are_made_with_it",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=MAKE_WITH_ITS_AMENDMENT,
        )
    ]
