"""The fields by which files come in: several at a time, and on which ground they are secret."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programme.attachments import checking, kinds
from programme.attachments.secrecy import must_name_its_section


class SecrecyGroundField(forms.CharField):
    """The section of the act on which a file is secret; empty where it is not."""

    def __init__(self, *, help_text: Any) -> None:
        super().__init__(
            label=_("Ground for secrecy"),
            required=False,
            max_length=200,
            help_text=help_text,
            validators=[must_name_its_section],
        )


class FilesInput(forms.FileInput):
    """A box for files that takes several."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": ",".join(kinds.ALLOWED_ENDINGS)})


class FilesField(forms.FileField):
    """Takes several files. What is in order is in `checked`, also where another one is refused."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.checked: list[checking.CheckedFile] = []

    def clean(self, data: Any, initial: Any = None) -> list[checking.CheckedFile]:
        refused: list[ValidationError] = []
        self.checked = []
        for uploaded in data or []:
            try:
                self.checked.append(checking.check(uploaded))
            except ValidationError as error:
                refused.append(error)
        if refused:
            raise ValidationError(refused)
        return self.checked
