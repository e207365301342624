"""What was spent: lines of the accounting system's ledger, import by import. All sums are euros."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.append_only import append_only, never_emptied
from programme.models.budget import Account, CostCentre
from programme.models.ledger_files import LedgerFile
from programme.models.programme import Programme

# The sums of lines in two imports that both count would be doubled, whoever wrote them.
REFUSE_WHAT_IS_COUNTED = """
IF EXISTS (
    SELECT 1 FROM new_entries
    JOIN programme_ledgerentry AS entry
        ON entry.voucher = new_entries.voucher AND entry.booked_on = new_entries.booked_on
        AND entry.line = new_entries.line AND entry.cost_centre_id = new_entries.cost_centre_id
        AND entry.account_id = new_entries.account_id AND entry.amount = new_entries.amount
        AND entry.text = new_entries.text AND entry.occurrence = new_entries.occurrence
        AND entry.id <> new_entries.id
    JOIN programme_ledgerimport AS other
        ON other.id = entry.ledger_import_id AND other.reverted_at IS NULL
    JOIN programme_ledgerimport AS own
        ON own.id = new_entries.ledger_import_id AND own.reverted_at IS NULL
) THEN
    RAISE EXCEPTION 'A line of a voucher is counted once.' USING ERRCODE = 'unique_violation';
END IF;
RETURN NULL;
"""


class LedgerImportQuerySet(models.QuerySet["LedgerImport"]):
    def with_sums(self) -> "LedgerImportQuerySet":
        """With the number of lines, their sum, and their first and last day.

        Each is a query of its own within the row: PostgreSQL asks them for the rows of a page alone, while
        groups would be made of the lines of all imports before the page is cut.
        """
        return self.annotate(
            number_of_lines=Coalesce(_of_lines(models.Count("pk")), 0),
            total=_of_lines(models.Sum("amount")),
            first_day=_of_lines(models.Min("booked_on")),
            last_day=_of_lines(models.Max("booked_on")),
        )


def _of_lines(aggregate: models.Aggregate) -> models.Subquery:
    lines = LedgerEntry.objects.filter(ledger_import=models.OuterRef("pk")).order_by()
    return models.Subquery(lines.values("ledger_import").values(found=aggregate))


@pghistory.track()
class LedgerImport(models.Model):
    """One file of actuals from the accounting system; it is counted whole or not at all."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="ledger_imports")
    file = models.OneToOneField(
        LedgerFile, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_import"
    )
    source_name = models.CharField(_("file name"), max_length=200)
    source_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reverted_at = models.DateTimeField(_("reverted"), null=True, blank=True)
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reverting_reason = models.TextField(_("reason for reverting"), blank=True)

    objects = LedgerImportQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "imported_at"]
        verbose_name = _("ledger import")
        verbose_name_plural = _("ledger imports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reverted_at__isnull=True) | ~models.Q(reverting_reason=""),
                name="reverting_an_import_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_ledger_import_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="a_ledger_import_is_of_its_file",
                fields=["programme", "file", "source_name", "source_sha256", "imported_at"],
            ),
            pgtrigger.Protect(
                name="a_reverted_import_stays_reverted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reverted_at__isnull=False),
            ),
            never_emptied("ledger_imports_whole"),
        ]

    def __str__(self) -> str:
        return self.source_name

    def get_absolute_url(self) -> str:
        return self.address("programme:ledger-import-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this import, or of an act on it."""
        return reverse(name, args=[self.programme.slug, self.pk])

    def sums_by_centre(self) -> models.QuerySet[CostCentre]:
        """Return the cost centres that have lines, each with `number_of_lines` and `total`."""
        return (
            CostCentre.objects.filter(ledger_entries__ledger_import=self)
            .annotate(
                number_of_lines=models.Count("ledger_entries"), total=models.Sum("ledger_entries__amount")
            )
            .order_by("number")
        )


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def counted(self) -> "LedgerEntryQuerySet":
        """Entries of imports that stand."""
        return self.filter(ledger_import__reverted_at__isnull=True)


class LedgerEntry(models.Model):
    """An actual of the ledger: a line of a voucher, on a cost centre and an account.

    It has no trail: it never changes, and its import tells who brought it when.

    Lines of which all is the same are told apart by `occurrence`: the first of them, the second.
    """

    append_only = True  # an import is reverted whole, and its lines stay readable

    ledger_import = models.ForeignKey(LedgerImport, on_delete=models.PROTECT, related_name="entries")
    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, related_name="ledger_entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="ledger_entries")
    booked_on = models.DateField(_("booked on"))
    voucher = models.CharField(_("voucher"), max_length=80)
    line = models.CharField(_("line of the voucher"), max_length=40, blank=True, default="")
    text = models.CharField(_("text"), max_length=500, blank=True)
    amount = models.DecimalField(_("euros"), max_digits=14, decimal_places=2)
    occurrence = models.PositiveIntegerField(_("number among the same lines"), default=1)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        ordering = ["booked_on", "voucher"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(condition=models.Q(occurrence__gte=1), name="occurrences_begin_with_one"),
        ]
        indexes = [
            models.Index(fields=["cost_centre", "booked_on"], name="ledger_by_cost_centre_and_day"),
            models.Index(fields=["voucher", "booked_on"], name="ledger_by_voucher_and_day"),
        ]
        triggers = [
            *append_only("ledger_entries_are_append_only"),
            pgtrigger.Trigger(
                name="a_line_is_counted_once",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_entries"),
                func=REFUSE_WHAT_IS_COUNTED,
            ),
        ]

    def __str__(self) -> str:
        return self.voucher
