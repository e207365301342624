"""Writing and settling comments; they are read on the pages of their lines."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programme.breadcrumbs import Step
from programme.generic import programme_of, signed_in, visible_or_404
from programme.models import Programme
from workgroups import comments, services
from workgroups.forms import CommentForm
from workgroups.models import Action, LineComment, targets_visible_to
from workgroups.services import Line
from workgroups.views import drafts as draft_pages


def _line(request: HttpRequest, programme: Programme, kind: str, code: str) -> Line:
    """Return the line that an address names, for those who may comment on it."""
    line: Line
    if kind == "target":
        targets = targets_visible_to(request.user, programme)
        line = visible_or_404(targets.select_related("programme", "ownership__group__programme"), code=code)
    else:
        actions = Action.objects.visible_to(request.user, programme)
        line = visible_or_404(actions.select_related("work_programme__group__programme"), code=code)
    group = services.group_of(line)
    if group is None or not request.user.has_perm("workgroups.comment", group):
        raise PermissionDenied(_("The group and those who prepare with it comment on its lines."))
    return line


@require_POST
def write(request: HttpRequest, programme: str, kind: str, code: str) -> HttpResponse:
    """Take a comment on a line."""
    line = _line(request, programme_of(request, programme), kind, code)
    author = signed_in(request)
    form = CommentForm(
        request.POST,
        members=comments.members_to_mention(services.answering_group_of(line), writer=author),
    )
    if form.is_valid():
        try:
            comments.write_comment(line, author=author, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            key = draft_pages.typed_key(request, request.path)
            messages.success(request, _("The comment is added."), extra_tags=key)
            return redirect(f"{line.get_absolute_url()}#comments")
    return _page(request, line, form)


def _page(request: HttpRequest, line: Line, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "line": line,
        "form": form,
        "breadcrumbs": [Step(line.code, line.get_absolute_url()), Step(_("Comment"))],
    }
    return render(request, "workgroups/comment_form.html", context, status=422)


@require_POST
def settle(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Settle a comment."""
    found = programme_of(request, programme)
    rows = LineComment.objects.visible_to(request.user, found).select_related(
        "comment", "group__programme", "target__programme", "action__work_programme__group__programme"
    )
    on_line = visible_or_404(rows, pk=number)
    if not request.user.has_perm("workgroups.comment", on_line.group):
        raise PermissionDenied(_("The group and those who prepare with it comment on its lines."))
    try:
        comments.settle_comment(on_line, actor=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{on_line.concerns.get_absolute_url()}#comments")
