"""Forms of networks: what they are about, and what was done in a year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.models import Network, NetworkYear
from programme.saving import RememberingForm

LONGEST_PASSAGE = 4000


class PassageField(forms.CharField):
    """A paragraph or a few; a browser's line ends are not counted twice."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=LONGEST_PASSAGE, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class NetworkForm(RememberingForm):
    """A network's themes, goals and partners; its name is the programme's own and stays."""

    themes = PassageField(rows=4, label=_("Themes"), help_text=_("What the network works on."))
    goals = PassageField(rows=4, label=_("Aims"), help_text=_("What its members have agreed to reach."))
    partners = PassageField(
        rows=4, label=_("Partners"), help_text=_("City regions, organisations and programmes, one a line.")
    )

    class Meta:
        model = Network
        fields = ["themes", "goals", "partners"]


class NetworkYearForm(RememberingForm):
    """What was done in a network in one year."""

    text = PassageField(
        rows=8,
        label=_("What was done"),
        help_text=_("Meetings, joint work, results. An emptied text is taken off the page."),
    )

    class Meta:
        model = NetworkYear
        fields = ["text"]
