"""The distribution of answers to one statement as bars: their length is a share, their number how many.

Every bar has the same colour: to agree is no status, and what many agree on is not thereby good.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reporting.charts import LINE_HEIGHT, NARROW, WIDE, Chart
from workgroups.evaluations.results import Counts, number_of
from workgroups.models import EvaluationAnswer

Rating = EvaluationAnswer.Rating
LABELS = 220  # pixels for the words beside the bars, where there is room for them
NUMBERS = 84
HEIGHT = 34


class Bar(NamedTuple):
    label: str
    label_y: int
    bar_y: int
    width: str
    number: str
    number_x: str
    number_y: int
    is_no_stand: bool
    previous_y: int
    previous_width: str | None


def answer_chart(counts: Counts, previous: Counts | None, *, title: str, uid: str) -> Chart:
    """Draw how many gave which rating, and thinner below it what was answered in the previous round."""
    sentence = answer_sentence(counts, previous, title=title)
    wide, narrow = (
        _draw(counts, previous or {}, sentence=sentence, uid=uid, narrow=narrow) for narrow in (False, True)
    )
    return Chart(sentence, wide, narrow)


def answer_sentence(counts: Counts, previous: Counts | None, *, title: str) -> str:
    """Tell the distribution in words: the chart's name for those who do not see it."""
    told = f"{title}. {_listed(counts)}."
    if previous:
        told += " " + _("In the previous round: %(answers)s.") % {"answers": _listed(previous)}
    return told


def _listed(counts: Mapping[int, int]) -> str:
    return ", ".join(f"{rating.label} {counts.get(rating, 0)}" for rating in Rating)


def _draw(counts: Counts, previous: Counts, *, sentence: str, uid: str, narrow: bool) -> SafeString:
    width = NARROW if narrow else WIDE
    start = 0 if narrow else LABELS
    area = width - start - NUMBERS
    total, total_before = number_of(counts), number_of(previous)
    bars, y = [], 0
    for rating in Rating:
        number, before = counts.get(rating, 0), previous.get(rating, 0)
        bar_y = y + (LINE_HEIGHT + 4 if narrow else 4)
        length = area * number / total if total else 0.0
        length_before = area * before / total_before if total_before else 0.0
        bars.append(
            Bar(
                label=str(rating.label),
                label_y=y + (13 if narrow else 17),
                bar_y=bar_y,
                width=f"{length:.1f}",
                number=f"{number} ({before})" if total_before else str(number),
                number_x=f"{start + max(length, length_before) + 8:.1f}",
                number_y=bar_y + 13,
                is_no_stand=rating == Rating.CANNOT_SAY,
                previous_y=bar_y + 18,
                previous_width=f"{length_before:.1f}" if before else None,
            )
        )
        y += HEIGHT + (LINE_HEIGHT if narrow else 0)
    drawn = {
        "uid": f"{uid}-narrow" if narrow else uid,
        "width": width,
        "height": y,
        "start": start,
        "sentence": sentence,
        "bars": bars,
    }
    return SafeString(render_to_string("reporting/charts/answers.svg", drawn))
