"""In which words a body decides: its own, or where it has none, those of the body that it replaced."""

from programme.models import Body, DecisionTemplate
from programme.succession import predecessors_of


def wordings_of(body: Body, *, use: str = "") -> list[DecisionTemplate]:
    """Return a body's wordings, of one use where it is told; of the nearest body before it that has any.

    Two queries.
    """
    in_turn = [body.pk, *predecessors_of(body)]
    rows = DecisionTemplate.objects.filter(body__in=in_turn).order_by("code")
    found = list(rows.filter(use=use) if use else rows)
    with_some = {row.body_id for row in found}
    nearest = next((pk for pk in in_turn if pk in with_some), None)
    return [row for row in found if row.body_id == nearest]
