"""What a group has approved stays: the database itself refuses to change an approved plan's rows.

They change in the very transaction in which an amendment of the row is accepted, as its kind says. A row that
an amendment would add is put beside the plan, removed from the start, and so counted nowhere.
"""

import pgtrigger

from programme.models.append_only import never_emptied

# Until it is handed on a plan may have holes; from then on the database itself refuses them.
REFUSE_HOLES = """
    IF NEW.state IN ('submitted', 'approved', 'noted', 'closed') AND EXISTS (
        SELECT 1
          FROM workgroups_action AS action
         WHERE action.work_programme_id = NEW.id
           AND action.removed_at IS NULL
           AND (action.text = '' OR action.start_month IS NULL OR action.end_month IS NULL
                OR action.responsible_id IS NULL OR action.planned_euros IS NULL
                OR action.unreadable <> '{}'
                OR NUM_NONNULLS(action.measure_id, action.network_id, action.role_statement_id,
                                action.follow_up_principle_id) <> 1)
    ) THEN
        RAISE EXCEPTION 'A work programme that is handed on has no holes.';
    END IF;
    RETURN NEW;
"""
# An approved plan goes on to noted and closed, never back: reopening it would open its rows.
KEEP_AN_APPROVED_PLAN = """
    IF OLD.state NOT IN ('approved', 'noted', 'closed') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE'
        AND array_position(way, NEW.state::text) >= array_position(way, OLD.state::text)
        AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving
        AND (OLD.noted_on IS NULL OR NEW.noted_on IS NOT DISTINCT FROM OLD.noted_on)
        AND (OLD.noting_id IS NULL OR NEW.noting_id IS NOT DISTINCT FROM OLD.noting_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'An approved work programme changes by amendment only.';
"""
WAY = "text[] := ARRAY['approved', 'noted', 'closed']"
# A closed account leaves the plans that it submitted or judged.
MOVING = (
    "text[] := ARRAY['state', 'version', 'noted_on', 'noting_id',"
    " 'submitted_by_id', 'submitted_for_id', 'judged_by_id', 'judged_for_id']"
)
KEEP_AN_APPROVED_ACTION = """
    IF TG_OP = 'UPDATE' AND NEW.code = OLD.code AND NEW.work_programme_id = OLD.work_programme_id AND EXISTS (
        SELECT 1
          FROM workgroups_amendment AS amendment
         WHERE amendment.action_id = OLD.id
           AND amendment.state = 'accepted'
           AND amendment.applied_in = pg_current_xact_id()::text::bigint
           AND CASE amendment.kind
               WHEN 'add' THEN NEW.removed_at IS NULL
               WHEN 'remove' THEN to_jsonb(NEW) - leaving = to_jsonb(OLD) - leaving
               ELSE NEW.removed_at IS NOT DISTINCT FROM OLD.removed_at
               END
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.removed_by_id IS NULL
        AND to_jsonb(NEW) - 'removed_by_id' = to_jsonb(OLD) - 'removed_by_id'
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.removed_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1
          FROM workgroups_workprogramme AS plan
         WHERE plan.id IN (OLD.work_programme_id, NEW.work_programme_id)
           AND plan.state IN ('approved', 'noted', 'closed')
    ) THEN
        RAISE EXCEPTION 'An approved work programme changes by amendment only.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
# What a removal writes of its row; the rest stays as it stood. A closed account leaves what it removed.
LEAVING = "text[] := ARRAY['removed_at', 'removed_by_id', 'version']"
KEEP_WITH_ITS_ACTION = """
    IF EXISTS (
        SELECT 1
          FROM workgroups_action AS action
          JOIN workgroups_workprogramme AS plan ON plan.id = action.work_programme_id
         WHERE action.id IN (OLD.action_id, NEW.action_id)
           AND plan.state IN ('approved', 'noted', 'closed')
           AND NOT is_amended(NULL, action.id)
    ) THEN
        RAISE EXCEPTION 'An approved work programme changes by amendment only.';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
EVERY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def whole_when_handed_on() -> list[pgtrigger.Trigger]:
    """Return the trigger that lets no plan with holes be handed on."""
    return [
        pgtrigger.Trigger(
            name="a_plan_that_is_handed_on_has_no_holes",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
            func=REFUSE_HOLES,
        )
    ]


def kept_once_approved() -> list[pgtrigger.Trigger]:
    """Return the triggers that let an approved plan go on and never back."""
    return [
        pgtrigger.Trigger(
            name="an_approved_plan_goes_on_and_never_back",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            declare=[("way", WAY), ("moving", MOVING)],
            func=KEEP_AN_APPROVED_PLAN,
        ),
        never_emptied("work_programmes_are_not_emptied"),
    ]


def kept_when_approved() -> list[pgtrigger.Trigger]:
    """Return the triggers that keep the rows of approved plans as they are."""
    return [
        pgtrigger.Trigger(
            name="an_approved_plan_does_not_change_quietly",
            when=pgtrigger.Before,
            operation=EVERY_WRITE,
            declare=[("leaving", LEAVING)],
            func=KEEP_AN_APPROVED_ACTION,
        ),
        never_emptied("actions_are_not_emptied"),
    ]


def kept_with_its_action(name: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep what belongs to a row, in its column `action`, once it is approved."""
    return [
        pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=EVERY_WRITE, func=KEEP_WITH_ITS_ACTION),
        never_emptied(f"{name}_whole"),
    ]
