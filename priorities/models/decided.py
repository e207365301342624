"""What a meeting has decided stays: the database itself refuses to change it, whoever asks.

A decided target may only be closed, or amended: in the very transaction in which an amendment of it is
accepted. Amendments are the working groups', above this app: their migration makes the function `is_amended`,
and a trigger looks it up when it runs, not when it is made.
"""

import pgtrigger

from programme.models.append_only import never_emptied

# A closed account leaves the targets that it drafted.
MAY_MOVE = "'state', 'drafted_by_id'"

KEEP_A_DECIDED_TARGET = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IN ('decided', 'closed') THEN
            RAISE EXCEPTION 'A target is drafted or proposed before it is decided.';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state NOT IN ('decided', 'closed') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND is_amended(OLD.id, NULL) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving
        AND (NEW.state = OLD.state OR NEW.state = 'closed')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A decided target changes by amendment only.';
"""
KEEP_WITH_ITS_TARGET = """
    IF EXISTS (
        SELECT 1
          FROM priorities_annualtarget AS target
         WHERE target.id IN (OLD.target_id, NEW.target_id)
           AND target.state IN ('decided', 'closed')
           AND NOT is_amended(target.id, NULL)
    ) THEN
        RAISE EXCEPTION 'A decided target changes by amendment only.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def kept_when_decided() -> list[pgtrigger.Trigger]:
    """Return the triggers that keep decided targets as they are, and let none begin decided."""
    return [
        pgtrigger.Trigger(
            name="a_decided_target_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("moving", f"text[] := ARRAY[{MAY_MOVE}]")],
            func=KEEP_A_DECIDED_TARGET,
        ),
        never_emptied("targets_are_not_emptied"),
    ]


def kept_with_its_target(name: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep what belongs to a target, in its column `target`, once it is decided."""
    return [
        pgtrigger.Trigger(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=KEEP_WITH_ITS_TARGET,
        ),
        never_emptied(f"{name}_whole"),
    ]
