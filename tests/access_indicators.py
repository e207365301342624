"""Who reads the indicators, enters their values and accepts them."""

from priorities.models import Measure
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.factories import make_value, measure_target, the_indicator, the_target
from tests.personas import person

PUBLIC, NOBODY = answers(200), answers(404)
# Those who coordinate the group, and the office; the others see the page, not the form.
ENTERS = signed_in(403, office=200, coordinator_mr=200)
SAVES = signed_in(403, office=302, coordinator_mr=302)
MISSING, SHUT = signed_in(404), signed_in(403)
# The office keeps the series themselves, and ties them.
KEEPS, ACTS = signed_in(403, office=200), signed_in(403, office=302)

# What waits is seen by its group, the office, the presenting officer and the auditor; its chair accepts.
ACCEPTS = signed_in(404, of_mr=403, read_unfinished=403, chair_mr=302)
VALUES = "/ako/indicators/IND-MR-1/values"


def entered() -> None:
    make_value()


def entered_by_the_chair() -> None:
    make_value(entered_by=person("chair-mr"))


def of_municipality() -> None:
    make_value(municipality="KUN-211")


def told_with_follow_up() -> None:
    measure_target(the_target("VT-2009-MR-2"))


def tied_to_measure() -> None:
    the_indicator().measures.add(Measure.objects.get(code="P1-M2"))


IND = "/ako/indicators/IND-MR-1"
REASON = {"reason": "Lähde puuttuu."}

SERIES = [
    Row("workgroups:indicator-create", "/ako/indicators/new/", KEEPS, signed_in(403, office=422)),
    Row("workgroups:indicator-edit", f"{IND}/edit/", KEEPS, signed_in(403, office=422)),
    Row("workgroups:indicator-edit", "/ako/indicators/IND-NO-1/edit/", MISSING, MISSING, state="missing"),
    verb("workgroups:indicator-tie-target", f"{IND}/targets/", ACTS, typed={"target": "VT-2009-MR-2"}),
    verb(
        "workgroups:indicator-untie-target",
        f"{IND}/targets/VT-2009-MR-2/untie/",
        ACTS,
        given=told_with_follow_up,
    ),
    verb(
        "workgroups:indicator-untie-target",
        f"{IND}/targets/VT-2009-HP-1/untie/",
        signed_in(403, office=404),
        state="not tied",
    ),
    verb("workgroups:indicator-tie-measure", f"{IND}/measures/", ACTS, typed={"measure": "P1-M2"}),
    verb("workgroups:indicator-untie-measure", f"{IND}/measures/P1-M2/untie/", ACTS, given=tied_to_measure),
    verb("workgroups:target-series", "/ako/targets/VT-2009-MR-2/series/", ACTS, typed={"series": ""}),
]

INDICATORS = [
    *SERIES,
    page("reporting:indicator-list", "/ako/indicators/", PUBLIC),
    Row("reporting:indicator-list", "/no/indicators/", NOBODY, NOBODY, state="of no programme"),
    page("reporting:indicator-detail", "/ako/indicators/IND-MR-1/", PUBLIC),
    page("reporting:indicator-detail", "/ako/indicators/IND-NO-1/", NOBODY, state="missing"),
    Row(
        "workgroups:indicator-value-edit",
        f"{VALUES}/2009-T2/",
        ENTERS,
        SAVES,
        typed={"value": "85,5", "note": "Arvio"},
    ),
    Row("workgroups:indicator-value-edit", f"{VALUES}/2009-T9/", MISSING, MISSING, state="of no period"),
    Row("workgroups:indicator-value-edit", f"{VALUES}/2009-T1/", SHUT, SHUT, state="of a closed round"),
    Row(
        "workgroups:indicator-value-edit",
        f"{VALUES}/2009-T2/",
        SHUT,
        SHUT,
        told_with_follow_up,
        state="told with a follow-up",
    ),
    Row(
        "workgroups:indicator-value-edit-of-municipality",
        f"{VALUES}/2009-T2/KUN-211/",
        ENTERS,
        SAVES,
        typed={"value": "3"},
    ),
    Row(
        "workgroups:indicator-value-edit-of-municipality",
        f"{VALUES}/2009-T2/KUN-000/",
        MISSING,
        MISSING,
        state="of no municipality",
    ),
    verb("workgroups:indicator-value-accept", f"{VALUES}/2009-T2/accept/", ACCEPTS, given=entered),
    verb(
        "workgroups:indicator-value-accept",
        f"{VALUES}/2009-T2/accept/",
        ACCEPTS | {"chair-mr": 403},
        given=entered_by_the_chair,
        state="entered by the chair",
    ),
    verb(
        "workgroups:indicator-value-accept",
        f"{VALUES}/2009-T2/accept/",
        MISSING,
        state="without a value",
    ),
    verb(
        "workgroups:indicator-value-accept-of-municipality",
        f"{VALUES}/2009-T2/KUN-211/accept/",
        ACCEPTS,
        given=of_municipality,
    ),
    verb("workgroups:indicator-value-draft", f"{VALUES}/2009-T2/draft/", SAVES, typed={"value": "85,"}),
    verb(
        "workgroups:indicator-value-draft-of-municipality",
        f"{VALUES}/2009-T2/KUN-211/draft/",
        SAVES,
        typed={"value": "3,"},
    ),
    verb(
        "workgroups:indicator-value-return", f"{VALUES}/2009-T2/return/", ACCEPTS, given=entered, typed=REASON
    ),
    verb(
        "workgroups:indicator-value-return",
        f"{VALUES}/2009-T2/return/",
        ACCEPTS | {"chair-mr": 422},
        given=entered,
        state="without a reason",
    ),
    verb(
        "workgroups:indicator-value-return",
        f"{VALUES}/2009-T2/return/",
        ACCEPTS | {"chair-mr": 403},
        given=entered_by_the_chair,
        typed=REASON,
        state="entered by the chair",
    ),
    verb(
        "workgroups:indicator-value-return-of-municipality",
        f"{VALUES}/2009-T2/KUN-211/return/",
        ACCEPTS,
        given=of_municipality,
        typed=REASON,
    ),
]
