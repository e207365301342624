"""The part of the update form that takes files as evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programme.attachments.checking import CheckedFile
from programme.attachments.forms import FilesField, SecrecyGroundField
from workgroups.evidence import EvidenceChange
from workgroups.models import EvidenceFile


class EvidenceForm(forms.Form):
    """Files to add, the ground where they are secret, and which of those at hand are taken away."""

    attachments = FilesField(
        label=_("Files as evidence"),
        help_text=format_lazy(
            _(
                "PDF, picture, office file without macros, or text; at most {size} MB each. What is in "
                "order is kept also when the form comes back to be mended."
            ),
            size=settings.LARGEST_FILE // (1024 * 1024),
        ),
    )
    secrecy_ground = SecrecyGroundField(
        help_text=_(
            "Section and item of the Act on the Openness of Government Activities, when the files you add "
            "are secret. Only the group, the programme office, the presenting officer and the auditor get "
            "them."
        ),
    )

    def __init__(self, *args: Any, at_hand: Iterable[EvidenceFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_hand = list(at_hand)

    def clean(self) -> dict[str, Any]:
        """Refuse a ground for what is there already with another: the same file is not added twice."""
        cleaned = super().clean() or self.cleaned_data
        ground = cleaned.get("secrecy_ground", "")
        sent = {checked.sha256 for checked in self._checked}
        for file in self.at_hand:
            attachment = file.attachment
            stays = attachment.sha256 in sent and file.pk not in self.removed
            if ground and stays and attachment.secrecy_ground != ground:
                said = _(
                    "%(file)s has been added already and does not become secret here: follow “Secrecy” beside"
                    " it."
                )
                if file.draft_id is not None:
                    said = _(
                        "%(file)s has been added already without this ground: tick “Remove” beside it and"
                        " choose it again."
                    )
                self.add_error("secrecy_ground", said % {"file": attachment.name})
        return cleaned

    @property
    def removed(self) -> frozenset[int]:
        """Return the ids of the files to take away; what is gone already is nobody's mistake."""
        asked = self.data.getlist("removed") if isinstance(self.data, QueryDict) else []
        return frozenset(file.pk for file in self.at_hand if str(file.pk) in asked)

    @cached_property
    def change(self) -> EvidenceChange:
        """Return what the form asks for, of its files those that are in order.

        None is kept while its ground for secrecy cannot be taken: it would stand without one.
        """
        if not self.is_bound:
            return EvidenceChange()
        self.full_clean()
        added = [] if "secrecy_ground" in self.errors else self._checked
        return EvidenceChange(added, self.cleaned_data.get("secrecy_ground", ""), self.removed)

    @property
    def _checked(self) -> list[CheckedFile]:
        field = self.fields["attachments"]
        assert isinstance(field, FilesField)  # noqa: S101  declared above
        return field.checked

    @property
    def leaves_files(self) -> bool:
        """Whether there is a file once the form is carried out."""
        kept = {file.pk for file in self.at_hand} - self.removed
        return bool(kept or self.change.added or (self.is_bound and self._checked))


class SecrecyForm(forms.Form):
    """The ground on which a file is secret from now on, empty where it is public, and why it changes."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    secrecy_ground = SecrecyGroundField(
        help_text=_(
            "Section and item of the Act on the Openness of Government Activities. Empty: the file is not "
            "secret."
        ),
    )
    opens = forms.BooleanField(
        label=_("The file is no longer secret: everybody who sees the follow-up gets it"), required=False
    )
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 400}),
        help_text=_("It stays with the file."),
        error_messages={"required": _("Write why: the reason stays with the file.")},
    )

    def __init__(self, *args: Any, is_secret: bool, may_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (is_secret and may_open):
            del self.fields["opens"]
        self.is_secret, self.may_open = is_secret, may_open

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "secrecy_ground" in self.errors:
            return cleaned
        ground, opens = cleaned.get("secrecy_ground", "").strip(), cleaned.get("opens", False)
        if not ground and not self.is_secret:
            self.add_error("secrecy_ground", _("Write the section and item on which the file is secret."))
        elif not ground and not self.may_open:
            self.add_error(
                "secrecy_ground", _("Only the programme office opens what is secret. Write the ground.")
            )
        elif not ground and not opens:
            self.add_error("opens", _("Tick this too: a file is never opened by an empty box alone."))
        elif ground and opens:
            self.add_error("opens", _("Either the file has a ground for secrecy, or it is opened."))
        return cleaned
