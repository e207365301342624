"""Puts rows into the database: checked against their columns, updated only where they differ."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from reporting.loading.reader import FileError, Record

Row = TypeVar("Row", bound=models.Model)


def checked(row: Row, record: Record) -> Row:
    """Return the row after comparing its values with its columns: lengths, choices, numbers.

    Raises FileError with the record's line. Foreign keys hold objects that the loader itself found.
    """
    links = [field.name for field in row._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude=links)
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        raise FileError(f"{column}: {' '.join(messages)}", record.line) from error
    return row


def store(model: type[Row], key: Mapping[str, Any], values: Mapping[str, Any], record: Record) -> Row:
    """Return the row with this key, made or updated; a row that is already so is not written at all."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        row = checked(model(**key, **values), record)
        row.save()
        return row
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        checked(row, record).save(update_fields=changed)
    return row


def words(record: Record, column: str) -> dict[str, str]:
    """Return the three columns of a text: what the record lacks in a language is empty."""
    return {f"{column}_{language}": record.get(language, "") for language in ("fi", "sv", "en")}


def by_code(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(getattr(row, "code")): row for row in rows}  # noqa: B009  mypy: not every model has a code
