"""Bodies follow each other by dates alone: which replaced which, however many times over."""

from collections.abc import Iterator

from programme.models import Body


def successors_of(body: Body) -> set[int]:
    """Return the ids of the bodies that replaced a body, and of those that replaced them: one query."""
    replaced = _replaced(body)
    followed = {body.pk}
    while True:
        further = {pk for pk, before in replaced.items() if before in followed} - followed
        if not further:
            return followed - {body.pk}
        followed |= further


def predecessors_of(body: Body) -> list[int]:
    """Return the ids of the body that a body replaced, of the one before that, and so on: one query."""
    return list(_before(body.pk, _replaced(body)))


def _replaced(body: Body) -> dict[int, int | None]:
    return dict(Body.objects.filter(programme=body.programme_id).values_list("pk", "replaces"))


def _before(pk: int, replaced: dict[int, int | None]) -> Iterator[int]:
    seen = {pk}
    before = replaced.get(pk)
    while before is not None and before not in seen:
        seen.add(before)
        yield before
        before = replaced.get(before)
