"""People with an account: their list, one person's page, their facts, and the invitation of a new one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programme.administration import invitations, people
from programme.administration.filters import PeopleFilter
from programme.administration.people_forms import InvitationForm, PersonForm
from programme.administration.person_page import person_page
from programme.administration.tables import PeopleTable
from programme.breadcrumbs import Step
from programme.generic import ListView, programme_of, signed_in, visible_or_404
from programme.models import Programme, User
from programme.sending import do_and_tell, locked_when_sent, status_of, taken


def must_read(request: HttpRequest, programme: Programme) -> None:
    if not request.user.has_perm("programme.read_people", programme):
        raise PermissionDenied(_("Accounts and posts are kept by the administrator."))


def must_keep(request: HttpRequest, programme: str) -> Programme:
    """Return the programme of an address to an administrator; everybody else is refused."""
    found = programme_of(request, programme)
    if not request.user.has_perm("programme.keep_people"):
        raise PermissionDenied(_("Accounts and posts are kept by the administrator."))
    return found


def step_to_people(programme: Programme) -> Step:
    return Step(_("People"), reverse("programme:person-list", args=[programme.slug]))


class PersonList(ListView):
    """Everybody with an account, those without a role in the programme too."""

    table_class = PeopleTable
    filterset_class = PeopleFilter
    template_name = "programme/person_list.html"

    def get_queryset(self) -> QuerySet[User]:
        must_read(self.request, self.programme)
        return people.people()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("People"),
            may_keep=self.request.user.has_perm("programme.keep_people"),
            may_read_settings=self.request.user.has_perm("programme.read_settings", self.programme),
            **kwargs,
        )


@require_safe
def person_detail(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Show one person: what they are and were in the programme."""
    found = programme_of(request, programme)
    must_read(request, found)
    person = visible_or_404(people.accounts(), pk=number)
    return render(request, "programme/person.html", _page(request, found, person))


def _page(request: HttpRequest, programme: Programme, person: User, **forms: Any) -> dict[str, Any]:
    return {
        "programme": programme,
        "breadcrumbs": [step_to_people(programme), Step(person.name)],
        **person_page(person, programme, reader=signed_in(request), **forms),
    }


def refused(request: HttpRequest, programme: Programme, person: User, **forms: Any) -> HttpResponse:
    """Show the person's page with a form that could not be taken."""
    stale = any(getattr(form, "differing", None) for form in forms.values())
    status = HTTPStatus.CONFLICT if stale else HTTPStatus.UNPROCESSABLE_ENTITY
    context = _page(request, programme, visible_or_404(people.accounts(), pk=person.pk), **forms)
    return render(request, "programme/person.html", context, status=status)


def person_address(programme: Programme, person: User) -> str:
    return reverse("programme:person-detail", args=[programme.slug, person.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def person_update(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Change a person's name, address and language."""
    found = must_keep(request, programme)
    person = visible_or_404(locked_when_sent(request, User.objects.all()), pk=number)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=person)
    if taken(form, lambda: people.save_person(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(person_address(found, person))
    # The row that failed to validate holds what was typed: the page's head says what stands.
    stands = User.objects.get(pk=number)
    context = {
        "programme": found,
        "title": stands.name,
        "form": form,
        "back": person_address(found, person),
        "breadcrumbs": [
            step_to_people(found),
            Step(stands.name, person_address(found, person)),
            Step(_("Edit")),
        ],
    }
    return render(request, "programme/administration_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: HttpRequest, programme: str) -> HttpResponse:
    """Make an account and send its owner the link to the first password."""
    found = must_keep(request, programme)
    form = InvitationForm(request.POST if request.method == "POST" else None, programme=found)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            person = invitations.make_account(given, post=given["post"], starts_on=given["starts_on"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            send_invitation(request, found, person)
            return redirect(person_address(found, person))
    context = {
        "programme": found,
        "title": _("Invite a person"),
        "lead": _("The portal makes an account and sends a link by which the person sets a password."),
        "form": form,
        "act": _("Invite"),
        "back": step_to_people(found).address,
        "breadcrumbs": [step_to_people(found), Step(_("Invite a person"))],
    }
    return render(request, "programme/administration_form.html", context, status=status_of(form))


def send_invitation(request: HttpRequest, programme: Programme, person: User) -> None:
    """Send the invitation and say how it went."""
    do_and_tell(
        request,
        lambda: invitations.send_invitation(person, programme=programme, actor=signed_in(request)),
        said=_("The invitation was sent to %(email)s.") % {"email": person.email},
    )
