"""Lists the sample's people, for whoever starts the portal."""

from typing import Any

from django.core.management.base import BaseCommand

from programme.models import User


class Command(BaseCommand):
    help = "List the sample's people: the code of each and the role they play."

    def handle(self, **options: Any) -> None:
        for person in User.objects.exclude(persona="").order_by("pk"):
            self.stdout.write(f"{person.persona} — {person.name}")
