"""Forms of self-evaluation: the round as the office keeps it, and the answers of one person."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programme import clock, text
from programme.administration.refusals import LeftToTheDatabase
from programme.forms import DayField, WordsChoices
from programme.models import Programme
from programme.saving import RememberingForm
from workgroups.evaluations.answering import Answers
from workgroups.evaluations.rounds import groups_to_choose, groups_with_people
from workgroups.forms import TypedForm
from workgroups.models import Evaluation, EvaluationAnswer, EvaluationDraft, EvaluationStatement
from workgroups.models.evaluations import LONGEST_COMMENT, SMALLEST_SHOWN

Rating = EvaluationAnswer.Rating
# As people read it, from one end to the other; not to know stands beside the scale.
SCALE = [Rating.STRONGLY_DISAGREE, Rating.DISAGREE, Rating.NEITHER, Rating.AGREE, Rating.STRONGLY_AGREE]
LARGEST_SMALLEST = 20


class EvaluationForm(LeftToTheDatabase, RememberingForm):
    """A round before it opens."""

    opens_on = DayField(label=_("Opens on"), help_text=_("From this day on people answer."))
    closes_on = DayField(
        label=_("Closes on"),
        help_text=_("The last day of answering, in Finnish time. Results are seen from the next day on."),
    )
    smallest = forms.IntegerField(
        label=_("Smallest number of answers shown"),
        min_value=SMALLEST_SHOWN,
        max_value=LARGEST_SMALLEST,
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"}),
        help_text=_(
            "Of an anonymous round: a group with fewer answers is shown to nobody. So a group with fewer "
            "people can never be shown."
        ),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1900,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
    )

    class Meta:
        model = Evaluation
        fields = ["kind", "year", "code", "opens_on", "closes_on", "is_anonymous", "smallest", "groups"]
        labels = {"kind": _("Kind"), "code": _("Code"), "is_anonymous": _("Answers are anonymous")}
        help_texts = {
            "is_anonymous": _(
                "A promise: the portal does not keep who said what. It cannot be taken back once the round"
                " has opened."
            ),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        instance: Evaluation = kwargs["instance"]
        is_new = instance.pk is None
        if is_new:
            first_values = {"year": clock.today().year, "groups": groups_with_people(programme)}
            kwargs["initial"] = first_values | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["groups"] = WordsChoices(
            groups_to_choose(programme), words="name", label=_("Working groups that answer")
        )
        self.fields["groups"].required = True
        self.fields["groups"].error_messages["required"] = _("Choose at least one group.")
        code = forms.RegexField(
            r"^[A-Za-z0-9-]+$",
            label=_("Code"),
            max_length=40,
            required=False,
            help_text=_("Stands in the address, and stays. Left empty it is ARV, the year, and -V or -L."),
            error_messages={"invalid": _("Write the code with letters from A to Z, digits and hyphens.")},
        )
        if is_new:
            self.fields["code"] = code
        else:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The round closes before it opens."))
        return cleaned


class LaterClosingForm(LeftToTheDatabase, RememberingForm):
    """The closing day of an open round, which moves only later."""

    closes_on = DayField(
        label=_("Closes on"), help_text=_("A later day than now. Everybody who is asked sees it.")
    )

    class Meta:
        model = Evaluation
        fields = ["closes_on"]


def rating_name(code: str) -> str:
    return f"rating_{code}"


def comment_name(code: str) -> str:
    return f"comment_{code}"


class AnswerForm(forms.Form):
    """What one person says of each statement, and in general.

    `version` is that of the answer the form was opened on, 0 where there was none; `drafted` is the stamp of
    the writer's draft that the words grew from.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    drafted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    draft: EvaluationDraft | None = None

    def __init__(self, *args: Any, statements: Iterable[EvaluationStatement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = list(statements)
        for statement in self.statements:
            words = text.words_of(statement, "text")[0]
            self.fields[rating_name(statement.code)] = forms.TypedChoiceField(
                label=words,
                choices=[(str(rating.value), rating.label) for rating in (*SCALE, Rating.CANNOT_SAY)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how far you agree, or “cannot say”.")},
            )
            self.fields[comment_name(statement.code)] = _comment(_("Comment: %(what)s") % {"what": words}, 2)
        self.fields["comment"] = _comment(_("Anything else"), 4)

    @property
    def asked(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The statements, each with the field of its rating and that of its comment."""
        return [
            (self[rating_name(statement.code)], self[comment_name(statement.code)])
            for statement in self.statements
        ]

    def answers(self) -> Answers:
        """Return what was written, for the service."""
        said = self.cleaned_data
        codes = [statement.code for statement in self.statements]
        comments = {code: said[comment_name(code)] for code in codes}
        return Answers(
            ratings={code: said[rating_name(code)] for code in codes},
            comments={code: comment for code, comment in comments.items() if comment},
            general=said["comment"],
        )

    def told(self, typed: dict[str, str]) -> list[tuple[str, str]]:
        """Return what somebody typed into such a form as label and words, without what is empty."""
        said = []
        for name, field in self.fields.items():
            words = typed.get(name, "").strip()
            if words and name not in ("version", "drafted"):
                if isinstance(field, forms.ChoiceField):
                    words = str(dict(field.choices).get(words, words))  # type: ignore[arg-type]
                said.append((str(field.label), words))
        return said


def as_typed(answers: Answers) -> dict[str, str]:
    """Return answers as the form's fields hold them."""
    ratings = {rating_name(code): str(rating) for code, rating in answers.ratings.items()}
    comments = {comment_name(code): comment for code, comment in answers.comments.items()}
    return ratings | comments | {"comment": answers.general}


class AnswerDraftForm(TypedForm):
    """What is being typed of a round."""

    def __init__(self, *args: Any, statements: Iterable[EvaluationStatement], **kwargs: Any) -> None:
        codes = [statement.code for statement in statements]
        self.WORDS = [name for code in codes for name in (rating_name(code), comment_name(code))]
        self.WORDS.append("comment")
        super().__init__(*args, **kwargs)


def _comment(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_COMMENT}),
    )
