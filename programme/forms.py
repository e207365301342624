"""The portal's forms: its own field templates, and fields that take days and sums as people write them."""

import datetime
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as TemplateBackend
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from programme import clock, text

# A day or moment outside these is a slip of the fingers; near the ends of the calendar no clock can tell it.
YEARS = range(1900, 2200)


class PortalFormRenderer(DjangoTemplates):
    """Renders forms with the portal's templates first, Django's own widgets second."""

    @cached_property
    def engine(self) -> TemplateBackend:
        own = Path(settings.BASE_DIR) / "templates"
        widgets = Path(forms.__file__).parent / "templates"
        options = {"builtins": ["django.templatetags.i18n", "programme.templatetags.portal"]}
        return TemplateBackend(
            {"APP_DIRS": True, "DIRS": [own, widgets], "NAME": "forms", "OPTIONS": options}
        )


class StatusSelect(forms.RadioSelect):
    """Statuses to choose from, each with its mark."""

    option_template_name = "django/forms/status_option.html"


class DayInput(forms.TextInput):
    """A day in a text box: quicker than a calendar for those who write many."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": 12, "autocomplete": "off"} | (attrs or {}))


class DayField(forms.DateField):
    """A day as people write it: 1.9.2009, 1.9.09, 1.9., 2009-09-01 or the word for today.

    A day without a year is of `year`, where a form sets it on its field, else of this year.
    """

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write the day as day.month.year, for example 1.9.2009."),
        "year": _("Write a year between 1900 and 2199."),
    }

    year: int | None = None
    WRITTEN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4}|\d{2})?")
    STANDARD = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
    # In all languages at once: people write in theirs whatever the page speaks.
    TODAY = {"tänään", "idag", "i dag", "today"}

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        written = str(value).strip().lower()
        if written in self.TODAY:
            return clock.today()
        try:
            day = self._read(written)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if day.year not in YEARS:
            raise ValidationError(self.error_messages["year"], code="year")
        return day

    def _read(self, written: str) -> datetime.date:
        if match := self.STANDARD.fullmatch(written):
            year, month, day = map(int, match.groups())
        elif match := self.WRITTEN.fullmatch(written):
            day, month = int(match[1]), int(match[2])
            year = int(match[3]) if match[3] else self.year or clock.today().year
            if match[3] and len(match[3]) == 2:
                year += 2000
        else:
            raise ValueError
        return datetime.date(year, month, day)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.date):
            return f"{value.day}.{value.month}.{value.year}"
        return value


class MomentField(forms.Field):
    """A day and a time of day as people write them: 11.9.2009 klo 16.00, or 2009-09-11 16:00."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write the day and the time, for example 1.9.2009 16.00."),
        "year": DayField.default_error_messages["year"],
    }

    WRITTEN = re.compile(r"(.+?)[\s\u00a0]+(?:(?:klo|kl\.|at)[\s\u00a0]*)?(\d{1,2})[.:](\d{2})")

    def to_python(self, value: Any) -> datetime.datetime | None:
        if value in self.empty_values or isinstance(value, datetime.datetime):
            return value or None
        try:
            moment = self._read(str(value).strip())
        except (ValueError, ValidationError) as error:
            code = "year" if getattr(error, "code", "") == "year" else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from None
        if moment.year not in YEARS:
            raise ValidationError(self.error_messages["year"], code="year")
        return moment.astimezone(datetime.UTC)

    def _read(self, written: str) -> datetime.datetime:
        """Read a moment as people write it, or as a form keeps what stands saved."""
        match = self.WRITTEN.fullmatch(written)
        if match is None:
            kept = datetime.datetime.fromisoformat(written)
            if timezone.is_naive(kept):
                raise ValueError
            return kept
        day = DayField().to_python(match[1])
        if day is None:
            raise ValueError
        return timezone.make_aware(
            datetime.datetime.combine(day, datetime.time(int(match[2]), int(match[3])))
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            local = timezone.localtime(value)
            return f"{local.day}.{local.month}.{local.year} {local.hour}.{local:%M}"
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"size": 18}


class ClockField(forms.TimeField):
    """A time of day as people write it: 9.00, 9:00, klo 9 or 9."""

    widget = DayInput
    default_error_messages = {"invalid": _("Write the time, for example 9.00.")}

    WRITTEN = re.compile(r"(?:(?:klo|kl\.|at)[\s\u00a0]*)?(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?")

    def to_python(self, value: Any) -> datetime.time | None:
        if value in self.empty_values or isinstance(value, datetime.time):
            return value or None
        match = self.WRITTEN.fullmatch(str(value).strip().lower())
        try:
            if match is None:
                raise ValueError
            return datetime.time(int(match[1]), int(match[2] or 0))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value:%M}" if isinstance(value, datetime.time) else value


class CodeField(forms.RegexField):
    """The code by which a row is told in addresses, files and minutes: it is written once and stays."""

    default_error_messages = {
        "required": _("Write the code."),
        "invalid": _("Write the code with letters from A to Z, digits and hyphens."),
    }

    def __init__(self, *, help_text: Any, max_length: int = 40) -> None:
        super().__init__(r"^[A-Za-z0-9-]+$", label=_("Code"), max_length=max_length, help_text=help_text)


class RowChoice(forms.ModelChoiceField):
    """A row; nothing chosen is a dash, as everywhere else."""

    def __init__(self, queryset: Any, *, empty_label: Any = text.NOTHING, **kwargs: Any) -> None:
        super().__init__(queryset, empty_label=empty_label, **kwargs)


class NamedChoice(RowChoice):
    """A row by its name in the reader's language."""

    def label_from_instance(self, row: Any) -> str:
        return text.words_of(row, "name")[0]


class DecimalField(forms.DecimalField):
    """A number as people write it: 1250, 1 250,5 or 1250.50; shown with the reader's decimal mark."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a number with digits, for example 1 250,50."),
        "max_decimal_places": _("Write at most %(max)s decimals."),
        "min_value": _("The number must be at least %(limit_value)s."),
        "max_value": _("The number must be at most %(limit_value)s."),
    }

    IGNORED = re.compile(r"[\s\u00a0\u202f€]")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "size": 14, "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = self.IGNORED.sub("", value).replace(text.MINUS, "-")
            # With both marks, the last one is the decimal mark and the other groups.
            groups, decimal_mark = (",", ".") if value.rfind(".") > value.rfind(",") else (".", ",")
            if groups in value and decimal_mark in value:
                value = value.replace(groups, "")
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return text.number(value) if isinstance(value, int | Decimal) else value


class EuroField(DecimalField):
    """A sum of euros, to the cent."""

    default_error_messages = {
        "invalid": _("Write the sum in euros with digits, for example 1 250,50."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 12, "decimal_places": 2} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return text.exact_sum(value) if isinstance(value, int | Decimal) else value


class MeetingChoice(RowChoice):
    """A meeting, by its body, number and day."""

    def label_from_instance(self, meeting: Any) -> str:
        body = text.words_of(meeting.body, "name")[0]
        return f"{body} {meeting.number}, {text.day(meeting.held_on)}"


class WordsChoice(RowChoice):
    """A row of the programme, by its number, where it has one, and name."""

    def label_from_instance(self, row: Any) -> str:
        return f"{getattr(row, 'number', '')} {text.words_of(row, 'name')[0]}".strip()


class CodedChoice(forms.ModelChoiceField):
    """A row of the programme, by its code and words."""

    def __init__(self, *args: Any, words: str = "name", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def label_from_instance(self, row: Any) -> str:
        return f"{row.code} {text.words_of(row, self.words)[0]}"


class WordsChoices(forms.ModelMultipleChoiceField):
    """Rows of the programme, by their codes and words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, rows: QuerySet[Any], *, words: str, label: Any) -> None:
        super().__init__(rows, required=False, label=label)
        self.words = words

    def label_from_instance(self, row: Any) -> str:
        return f"{row.code} {text.words_of(row, self.words)[0]}"


class MatterNumberField(forms.IntegerField):
    """The number of a matter: its § or its item."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "autocomplete": "off"})
        super().__init__(min_value=1, max_value=9999, widget=widget, **kwargs)


class DecisionTextField(forms.CharField):
    """What was decided, in the words of the minutes."""

    LONGEST = 4000

    def __init__(self) -> None:
        super().__init__(
            label=_("Decision"),
            max_length=self.LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Write the decision as the minutes have it.")},
        )


def shown(field: forms.Field, cell: str) -> str:
    """Return the text of a cell, as a form compares and keeps it, in the way people read it."""
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset.filter(**{f"{field.to_field_name or 'pk'}__in": cell.split()})  # type: ignore[union-attr]
        return ", ".join(field.label_from_instance(row) for row in rows) or text.NOTHING
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if cell else _("no"))
    if isinstance(field, forms.ChoiceField):
        choices: dict[str, Any] = dict(flatten_choices(field.choices))  # type: ignore[arg-type]
        return str(choices.get(cell, cell)) if cell else text.NOTHING
    if isinstance(field, forms.DateField):
        return text.day(cell)
    if isinstance(field, MomentField):
        return text.weekday_and_time(cell)
    if isinstance(field, ClockField):
        return text.clock_time(field.to_python(cell))
    if isinstance(field, forms.DecimalField):
        return text.number(cell)
    return cell or text.NOTHING
