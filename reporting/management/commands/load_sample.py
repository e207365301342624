"""Loads the sample as it was known on a day: whole or not at all, once."""

import datetime
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.loading.reader import FileError
from reporting.loading.sample.day import Day
from reporting.loading.sample.load import SAMPLE_FILE, AlreadyLoadedError, load_sample


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no date; write YYYY-MM-DD.") from error


class Command(BaseCommand):
    help = "Load the sample of a programme as it was known on a day; without a day, all of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SAMPLE_FILE, metavar="FILE")
        parser.add_argument(
            "--as-of", type=day, metavar="YYYY-MM-DD", help="the day whose knowledge is loaded"
        )

    def handle(self, file: Path, as_of: datetime.date | None, **options: Any) -> None:
        wanted = str(Day(as_of))
        try:
            programme, tally = load_sample(file, as_of)
        except AlreadyLoadedError as loaded:
            if loaded.day != wanted:
                raise CommandError(f"{loaded}, not {wanted}. Nothing was changed.") from loaded
            self.stdout.write(f"{loaded}. Nothing was changed.")
            return
        except FileError as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        self.stdout.write(f"Loaded the sample of {programme.code} from {file.name}, as of {wanted}:")
        for line in tally.lines():
            self.stdout.write(line)
