"""The seats of the working groups, by municipality. People come into them later."""

from programme.models import Municipality
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from workgroups.models import Membership, WorkingGroup

Role = Membership.Role


def load_seats(sample: Sample) -> None:
    for record in sample.file["group_seats"]:
        group = sample.groups.of(record, "working_group")
        group.typical_titles = ", ".join(record["typical_titles_fi"])
        group.also_present = ", ".join(record["also_present_fi"])
        group.save(update_fields=["typical_titles", "also_present"])
        seats = create_all(Membership, [(seat, record) for seat in _seats(record, group, sample)])
        sample.tally.count("seats of working groups", len(seats), of=record["total_seats"])


def _seats(record: Record, group: WorkingGroup, sample: Sample) -> list[Membership]:
    """Return the group's seats: the chair and the vice chairs sit on seats of their municipalities."""
    left = {
        seat["municipality"]: (sample.municipalities.of(seat, "municipality"), seat["seats"])
        for seat in record["seats"]
    }

    def seat_of(municipality: Municipality, role: Role) -> Membership:
        return Membership(
            group=group, municipality=municipality, role=role, starts_on=sample.programme.starts_on
        )

    def take(code: str, key: str, role: Role) -> Membership:
        municipality, seats = left.get(code, (None, 0))
        if municipality is None or seats == 0:
            raise record.error(key, f"{code} has no seat left in {group.code}")
        left[code] = (municipality, seats - 1)
        return seat_of(municipality, role)

    leading = [take(record["chair_from"], "chair_from", Role.CHAIR)]
    leading += [take(code, "vice_chairs_from", Role.VICE_CHAIR) for code in record["vice_chairs_from"]]
    others = [
        seat_of(municipality, Role.MEMBER)
        for municipality, seats in left.values()
        for _number in range(seats)
    ]
    return leading + others
