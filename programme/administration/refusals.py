"""What the database refuses, told as a sentence at the field that it concerns."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise


class LeftToTheDatabase(forms.ModelForm):
    """A form whose fields check what is typed; whether the row may stand, the database says."""

    def _get_validation_exclusions(self) -> set[str]:
        """Keep the model from looking beforehand: it would refuse with the names of its constraints."""
        return {field.name for field in self._meta.model._meta.fields}


class Refusal(NamedTuple):
    """The field of a form that a constraint concerns, and what to say there, or what finds it out."""

    field: str
    sentence: str | Promise | Callable[[], str]


@contextlib.contextmanager
def told(refusals: Mapping[str, Refusal]) -> Iterator[None]:
    """Save within: a constraint named here raises ValidationError at its field and leaves nothing behind.

    The database decides, not a look beforehand: two who save at once are told alike.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = refusals.get(getattr(diagnosis, "constraint_name", None) or "")
        if refusal is None:
            raise
        sentence = refusal.sentence() if callable(refusal.sentence) else refusal.sentence
        raise ValidationError({refusal.field: sentence}) from error
