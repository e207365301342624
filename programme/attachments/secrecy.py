"""Changing afterwards whether a file is secret, and on which ground."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.models import Attachment, Programme, SecrecyChange, User


def must_name_its_section(ground: str) -> None:
    """Raise ValidationError where a ground for secrecy names no section of an act; empty is no ground."""
    if ground.strip() and not re.search(r"[§\d]", ground):
        raise ValidationError(
            _("Write the act and the section on which it is secret, for example JulkL 24 § 1 mom. 20 k.")
        )


@transaction.atomic
def change_secrecy(
    attachment: Attachment, programme: Programme, *, actor: User, seen: str, ground: str, reason: str
) -> None:
    """Give a file another ground for secrecy, or none: then it is as public as what it belongs to.

    `seen` is the ground that its reader saw. Raises ValidationError where it has been changed meanwhile,
    where nothing would change, without a reason, or where the programme that it belongs to is closed.
    """
    programme.must_not_be_closed()
    locked = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    ground, reason = ground.strip(), reason.strip()
    must_name_its_section(ground)
    if locked.secrecy_ground != seen:
        raise ValidationError(_("The secrecy of this file was changed while you read. Look at it again."))
    if ground == locked.secrecy_ground:
        raise ValidationError(_("This is how the file stands already: nothing was changed."))
    if not reason:
        raise ValidationError(_("Write why: the reason stays with the file."))
    SecrecyChange.objects.create(
        attachment=locked,
        before=locked.secrecy_ground,
        after=ground,
        reason=reason,
        changed_at=clock.now(),
        changed_by=actor,
    )
    locked.secrecy_ground = ground
    locked.save(update_fields=["secrecy_ground"])
