"""What the page of a person shows: terms by kind, those in force first, those ended folded."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from programme import clock
from programme.administration import terms
from programme.administration.people import is_in_force
from programme.administration.people_forms import (
    ContactForm,
    EndForm,
    HoldingForm,
    SeatForm,
    TermForm,
    end_form,
)
from programme.models import Programme, User

# The kinds of terms that the administrator keeps, as addresses call them.
KINDS: dict[str, tuple[Any, type[TermForm]]] = {
    "posts": (terms.posts_of, HoldingForm),
    "seats": (terms.seats_of, SeatForm),
    "contacts": (terms.contacts_of, ContactForm),
}


@dataclass
class TermsOfAKind:
    """The terms of one kind, those not yet ended with the form that ends them."""

    kind: str
    heading: str
    add_label: str
    none_yet: str
    current: list[tuple[terms.Term, EndForm | None]] = field(default_factory=list)
    ended: list[terms.Term] = field(default_factory=list)
    form: TermForm | None = None


def person_page(
    person: User,
    programme: Programme,
    *,
    reader: User,
    added: TermForm | None = None,
    ended: EndForm | None = None,
) -> dict[str, Any]:
    """Return what a reader sees of a person; a form that could not be taken comes back in its place."""
    may_keep = reader.has_perm("programme.keep_people")
    may_keep_terms = reader.has_perm("programme.keep_terms", person)
    today = clock.today()
    sections = _sections()
    for section in sections:
        rows_of, form_class = KINDS[section.kind]
        for term in rows_of(person, programme):
            if term.until is not None and term.until < today:
                section.ended.append(term)
            else:
                section.current.append((term, _end_form(term, ended) if may_keep_terms else None))
        if may_keep_terms:
            is_own = isinstance(added, form_class)
            section.form = (
                added
                if is_own
                else form_class(programme=programme, person=person, auto_id=f"{section.kind}-%s")
            )
    memberships = [
        membership
        for membership in person.memberships.select_related("group__programme", "municipality")
        if membership.group.programme_id == programme.pk
    ]
    return {
        "person": person,
        "sections": sections,
        "memberships": [row for row in memberships if row.until is None or row.until >= today],
        "ended_memberships": [row for row in memberships if row.until is not None and row.until < today],
        "has_no_role": not _has_a_role(person, sections, memberships),
        "may_keep": may_keep,
        "is_reader": person.pk == reader.pk,
        "may_be_invited": may_keep
        and person.is_active
        and person.last_login is None
        and not person.has_usable_password(),
        "differing": getattr(ended, "differing", []),
    }


def _end_form(term: terms.Term, sent: EndForm | None) -> EndForm:
    is_sent = sent is not None and type(sent.instance) is type(term) and sent.instance.pk == term.pk
    return sent if is_sent and sent is not None else end_form(term)


def _has_a_role(person: User, sections: list[TermsOfAKind], memberships: list[Any]) -> bool:
    today = clock.today()
    held = [term for section in sections for term, _form in section.current]
    return person.is_administrator or any(is_in_force(term, today) for term in [*held, *memberships])


def _sections() -> list[TermsOfAKind]:
    return [
        TermsOfAKind("posts", _("Posts"), _("Give a post"), _("Holds no post.")),
        TermsOfAKind("seats", _("Seats in bodies"), _("Give a seat"), _("Sits in no body.")),
        TermsOfAKind(
            "contacts",
            _("Contact of a municipality"),
            _("Make a contact"),
            _("Is no municipality’s contact."),
        ),
    ]
