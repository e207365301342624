"""What networks are about and what was done in them each year: who writes at the same time loses no word."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from programme import clock
from programme.models import Network, NetworkYear, Programme
from programme.saving import Saved, merge_into


def years_to_tell(programme: Programme) -> range:
    """Return the programme's years up to this one: what was done is told of no other."""
    return range(programme.starts_on.year, min(programme.ends_on.year, clock.today().year) + 1)


@transaction.atomic
def save_network(network: Network, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save a network's themes, goals and partners; `base` are the texts as the form was opened on them.

    Where somebody else changed the same text meanwhile, nothing is saved. Raises ValidationError when the
    programme is closed.
    """
    locked = _locked(network)
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        locked.save(update_fields=list(values))
    return saved


@transaction.atomic
def save_year(network: Network, year: int, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was done in a network in a year, as `save_network` does; an emptied text is taken away."""
    # Of two who write the first text of a year, the second must find that of the first.
    locked = _locked(network)
    told = locked.years.filter(year=year).first() or NetworkYear(network=locked, year=year)
    saved = merge_into(told, values, base)
    if saved.conflicts:
        return saved
    if told.text:
        told.save()
    elif told.pk:
        told.delete()
    return saved


def _locked(network: Network) -> Network:
    found = Network.objects.select_for_update(of=("self",)).select_related("programme").get(pk=network.pk)
    found.programme.must_not_be_closed()
    return found
