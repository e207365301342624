"""What fields are called, for a form that comes back without its page: signed out, or too old to be sent."""

from django.utils.translation import gettext_lazy as _

from programme.statuses import STATUS_LABELS

# Only what people write in their own words, or choose among words: the rest keeps its name.
LABELS = {
    "status": _("Status"),
    "text": _("Situation"),
    "reason": _("Reason"),
    "corrective_action": _("Corrective action"),
    "effect": _("Effect"),
    "new_due_on": _("New estimate of completion"),
    "decision_needed": _("Decision needed"),
    "indicator_value": _("Value of the indicator"),
    "forecast": _("Forecast for the year, €"),
    "evidence": _("Evidence"),
    "done": _("What was done"),
    "hinders": _("What hinders"),
    "asked": _("What is asked, and of whom"),
    "value": _("Value"),
    "note": _("Note and source"),
}


def as_read(name: str, value: str) -> tuple[str, str]:
    """Return a field and what was written in it as people read them."""
    said = str(STATUS_LABELS.get(value, value)) if name == "status" else value
    return str(LABELS.get(name, name)), said
