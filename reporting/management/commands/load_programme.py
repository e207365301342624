"""Loads a programme document: whole or not at all, as often as one likes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.loading.programme import PROGRAMME_FILE, load_programme
from reporting.loading.reader import FileError


class Command(BaseCommand):
    help = "Load a programme document. A second time it changes only what differs in the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=PROGRAMME_FILE, metavar="FILE")

    def handle(self, file: Path, **options: Any) -> None:
        try:
            programme, tally = load_programme(file)
        except FileError as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        self.stdout.write(f"Loaded {programme.code} at /{programme.slug}/ from {file.name}:")
        for line in tally.lines():
            self.stdout.write(line)
