"""How templates show amendments: cells by their names in the reader's language, texts as they were kept."""

from django import template

from workgroups.amendments.deciders import why_decides
from workgroups.amendments.lines import label_of
from workgroups.models import Amendment
from workgroups.models.amendments import Change

register = template.Library()
register.filter("why_decided_there", why_decides)


@register.filter
def changes_of(amendment: Amendment) -> list[Change]:
    """Return what an amendment changes, each cell under its name in the reader's language."""
    shown = []
    for change in amendment.changes:
        named = change.copy()
        named["label"] = label_of(change)
        shown.append(named)
    return shown
