"""What a meeting has decided of money stays: the database itself refuses to change it, whoever asks.

A budget is drawn up undecided, with its lines; from its decision on only amendments change what it gives.
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
