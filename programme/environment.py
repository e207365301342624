"""Reads settings from the environment, strictly: a wrong value stops the start and names itself."""

import datetime
import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable's value, or the default; without a default the variable is demanded."""
    value = os.environ.get(name, default)
    if value is None or (value == "" and default is None):
        raise ImproperlyConfigured(f"{name} is not set. The portal does not start without it.")
    return value


def whole_number(name: str, default: int) -> int:
    """Return a whole number that is not negative."""
    value = os.environ.get(name, "") or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is “{value}”. It must be a whole number such as {default}.")
    return int(value)


def yes_or_no(name: str, default: bool) -> bool:
    """Return True for “yes” and False for “no”; nothing else is understood."""
    value = os.environ.get(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} is “{value}”. It must be “yes” or “no”.")
    return value == "yes"


def date(name: str) -> datetime.date | None:
    """Return a date written as 2009-09-09, or None where the variable is not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{value}”. It must be a date such as 2009-09-09.") from error


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """Return a value that is one of the choices."""
    value = os.environ.get(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is “{value}”. It must be one of: {', '.join(choices)}.")
    return value
