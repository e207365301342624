"""The sample's people: one for each role, in posts, groups and bodies. Only where the sample is served."""

from programme.models import BodySeat, MunicipalContact, PostHolding, User
from reporting.facts.values import words
from reporting.loading.reader import Record
from reporting.loading.sample.context import Sample
from workgroups.models import Membership

E_MAIL_DOMAIN = "sample.invalid"


def load_people(sample: Sample, *, served: bool) -> None:
    """Make the people, or say why not: in a portal that serves no sample nobody signs in by one click."""
    personas = sample.additions["people"]["personas"]
    if not served:
        sample.tally.leave_out(
            f"the sample's people ({len(personas)})", "this portal serves no sample (PORTAL_SAMPLE)"
        )
        return
    for record in personas:
        _place(_person(record, sample), record, sample)
    sample.tally.count("the sample's people", len(personas))


def _person(record: Record, sample: Sample) -> User:
    name = record.get("name")
    if name is None:
        post_name = words(sample.posts.of(record, "post"), "name")["fi"]
        name = post_name[:1].upper() + post_name[1:]
    person = User.objects.filter(persona=record["id"]).first()
    if person is not None:
        return person
    return User.objects.create_user(
        f"{record['id']}@{E_MAIL_DOMAIN}",
        name=name,
        persona=record["id"],
        is_administrator=record.get("administrator", False),
    )


def _place(person: User, record: Record, sample: Sample) -> None:
    starts_on = sample.programme.starts_on
    if "post" in record:
        PostHolding.objects.create(post=sample.posts.of(record, "post"), user=person, starts_on=starts_on)
    if "body" in record:
        BodySeat.objects.create(body=sample.bodies.of(record, "body"), user=person, starts_on=starts_on)
    if "contact_of" in record:
        MunicipalContact.objects.create(
            programme=sample.programme,
            municipality=sample.municipalities.of(record, "contact_of"),
            user=person,
            starts_on=starts_on,
        )
    if "group" in record:
        _place_in_group(person, record, sample)


def _place_in_group(person: User, record: Record, sample: Sample) -> None:
    """A chair sits down on the chair's seat; others come beside the seats of the municipalities."""
    group = sample.groups.of(record, "group")
    if record["role"] == Membership.Role.CHAIR:
        seat = group.memberships.filter(role=Membership.Role.CHAIR, user__isnull=True).first()
        if seat is None:
            raise record.error("group", f"{group.code} has no seat for a chair")
        seat.user = person
        seat.save(update_fields=["user"])
        return
    Membership.objects.create(
        group=group,
        user=person,
        municipality=sample.municipalities.of(record, "municipality") if "municipality" in record else None,
        role=record["role"],
        starts_on=sample.programme.starts_on,
    )
