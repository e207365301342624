"""The field by which files come in: several at a time, each looked through by itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programme.attachments import checking, kinds


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
