"""Compiles the message catalogues, without the system's gettext."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def is_stale(source: Path) -> bool:
    """Tell whether the catalogue has not been compiled since it was last changed."""
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def compile_catalogue(source: Path) -> None:
    """Write the compiled catalogue beside its source, in one move: a running portal reads a whole one."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    unfinished = source.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(source.with_suffix(".mo"))


class Command(BaseCommand):
    help = "Compile the message catalogues that have changed."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        sources = sorted(
            source for folder in settings.LOCALE_PATHS for source in Path(folder).glob("*/LC_MESSAGES/*.po")
        )
        stale = [source for source in sources if is_stale(source)]
        for source in stale:
            compile_catalogue(source)
        self.stdout.write(f"Compiled {len(stale)} of {len(sources)} catalogues.")
