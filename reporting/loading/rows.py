"""Puts rows into the database: checked against their columns, updated only where they differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import translation

from reporting.loading.reader import FileError, Record

Row = TypeVar("Row", bound=models.Model)


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[None]:
    """Load a file in one transaction; what the database itself refuses is an error of the file."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        reason = str(error).strip().replace("\n", " ")
        raise FileError(f"the database refuses what the file says ({reason})", path.name) from error


def checked(row: Row, record: Record) -> Row:
    """Return the row after comparing its values with its columns: lengths, choices, numbers.

    Raises FileError with the record's line. Foreign keys hold objects that the loader itself found.
    """
    unchecked = [
        field.name
        for field in row._meta.fields
        if field.is_relation or (field.null and getattr(row, field.attname) is None)
    ]
    with translation.override("en"):  # the loader's own sentences are English
        try:
            row.clean_fields(exclude=unchecked)
        except ValidationError as error:
            column, messages = next(iter(error.message_dict.items()))
            reason = " ".join(messages).removesuffix(".")
            raise FileError(f"{column}: {reason}", record.file, record.line) from error
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


def code_of(row: models.Model) -> str:
    return str(row.code)  # type: ignore[attr-defined]  # asked only of models that have one


class Codes(Generic[Row]):
    """Rows of one kind by their codes, for the links of a file."""

    def __init__(self, kind: str, rows: Iterable[Row] = ()) -> None:
        self.kind = kind
        self.rows: dict[str, Row] = {code_of(row): row for row in rows}

    def of(self, record: Record, key: str) -> Row:
        """Return the row that a record's key names. Raises FileError with the line when there is none."""
        return self.named(record[key], record, key)

    def named(self, code: str, record: Record, key: str) -> Row:
        if code not in self.rows:
            raise record.error(key, f"there is no {self.kind} “{code}”")
        return self.rows[code]

    def find(self, code: str) -> Row | None:
        return self.rows.get(code)


def create_all(model: type[Row], rows: Sequence[tuple[Row, Record]]) -> list[Row]:
    """Add rows in one statement, each checked against its columns first."""
    return model._default_manager.bulk_create([checked(row, record) for row, record in rows])
