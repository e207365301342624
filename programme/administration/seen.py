"""Forms of rows that somebody else may save meanwhile: nothing is overwritten that was not seen."""

from django.utils.translation import gettext_lazy as _

from programme.administration.refusals import LeftToTheDatabase
from programme.saving import RememberingForm, merge_into


class SeenForm(LeftToTheDatabase, RememberingForm):
    """A form of a locked row: as it is checked, what was typed is merged into what stands.

    A field that both changed differently is not taken; `differing` has both texts, and the form, shown again
    and sent once more, counts.
    """

    def _post_clean(self) -> None:
        """Merge, instead of setting every cell as it was typed."""
        if self.errors:
            return
        saved = merge_into(self.instance, **self.typed())
        if saved.conflicts:
            self.rebased_on(saved)
            for name in saved.conflicts:
                self.add_error(name, _("Somebody else has changed this meanwhile."))
