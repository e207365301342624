"""Who wrote what stands in the cells of a work programme's row."""

from collections.abc import Iterable
from typing import Any

from programme.trail import Saving, saving_of, since_when, trail_of
from workgroups.models import PARTS, Action, ActionNetwork, ActionTarget

COLUMNS = {
    "carries_out": [f"{part}_id" for part in PARTS],
    "responsible": ["responsible_id"],
    "cost_centre": ["cost_centre_id"],
    "funding_source": ["funding_source_id"],
    "planned_euros": ["planned_euros", "no_cost"],
}
LINKS = {"targets": ActionTarget, "networks": ActionNetwork}


def who_wrote(action: Action, names: Iterable[str]) -> Saving | None:
    """Return who wrote the text that stands in these cells, and when: of several, the latest.

    A row's last saving may have changed other cells only. Nobody where the trail knows none.
    """
    events = [event for name in names for event in _writings_of(action, name) if event is not None]
    return saving_of(max(events, key=lambda event: event.pgh_created_at, default=None))


def _writings_of(action: Action, name: str) -> list[Any]:
    """Return the events that gave a cell its text: what is kept unread stands in the row itself."""
    if name not in LINKS:
        columns = COLUMNS.get(name, [name])
        return [
            since_when(action, lambda row: [row.unreadable.get(name), *(getattr(row, c) for c in columns)])
        ]
    links = trail_of(LINKS[name]).filter(action_id=action.pk).select_related("pgh_context")
    unread = since_when(action, lambda row: row.unreadable.get(name))
    return [links.order_by("pgh_id").last(), unread]
