"""`load_sample` without a day: everything in the file, nothing dropped silently."""

import csv
import datetime
import hashlib
import io
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import F, Sum
from django.utils import translation

from priorities.models import AnnualTarget, Indicator, IndicatorTarget, IndicatorValue
from programme.models import (
    Account,
    Body,
    Budget,
    BudgetAmendment,
    BudgetAmendmentLine,
    BudgetHandling,
    BudgetLine,
    ContributionShare,
    CostCentre,
    Decision,
    DecisionTemplate,
    Explanation,
    Forecast,
    FundingSource,
    FundingUse,
    Grant,
    LedgerEntry,
    LedgerImport,
    Matter,
    Meeting,
    Municipality,
    MunicipalSettlement,
    PaymentClaim,
    Post,
    Programme,
    ReportingPeriod,
    User,
)
from reporting.facts.finance import finance_facts
from reporting.loading.sample.follow_ups import STATUSES
from reporting.loading.sample.load import SAMPLE_FILE
from reporting.models import Dataset, Report
from tests.personas import client_of
from tests.reporting import sample_facts
from tests.reporting.sample_facts import ADDED, REPORTS, SAMPLE
from tests.reporting.stated_finance import COLUMNS, SOURCES, assert_same_finance, booked
from workgroups.models import Action, FollowUp, Membership, WorkingGroup, WorkProgramme


@pytest.fixture(scope="module", autouse=True)
def output(django_db_setup, django_db_blocker):
    """The whole sample in a database of its own; gives what the command printed."""
    with sample_facts.database_with_sample(None, django_db_blocker) as printed:
        yield printed


def total(rows, *names):
    return sum(len(row.get(name, [])) for row in rows for name in names)


def test_every_row_of_the_file_is_loaded():
    targets, programmes, budgets = (
        SAMPLE["annual_targets"],
        SAMPLE["work_programmes"],
        SAMPLE["budget_years"],
    )
    actions = [action for programme in programmes for action in programme["actions"]]
    amendments = [amendment for budget in budgets for amendment in budget["amendments"]]
    finance = [row for report in SAMPLE["reports"] for row in report["finance"]]
    items = [item for meeting in SAMPLE["meetings"] for item in meeting["items"]]
    closed_years = sum("funding" in report for report in SAMPLE["reports"])
    expected = {
        Post: len(SAMPLE["roles"]),
        Municipality: len(SAMPLE["municipalities"]),
        Body: len(SAMPLE["bodies"]),
        CostCentre: len(SAMPLE["cost_centres"]),
        Account: len(SAMPLE["accounts"]),
        FundingSource: len(SAMPLE["funding_sources"]),
        ReportingPeriod: len(SAMPLE["reports"]),
        Meeting: len(SAMPLE["meetings"]),
        Matter: len(items),
        Decision: sum("ref" in item for item in items),
        DecisionTemplate: len(SAMPLE["decision_texts"]) + len(ADDED["decision_texts"]["texts"]),
        Budget: len(budgets),
        BudgetHandling: 3 * len(budgets),
        BudgetLine: total(budgets, "expense_lines", "income_lines"),
        BudgetAmendment: len(amendments),
        BudgetAmendmentLine: total(amendments, "lines", "income_lines"),
        ContributionShare: total(budgets, "municipal_shares"),
        Grant: len(budgets),
        LedgerImport: 12 * len(budgets),
        LedgerEntry: sum(bool(amount) for row in SAMPLE["monthly_actuals"] for amount in row["months"]),
        PaymentClaim: len(SAMPLE["claims"]),
        AnnualTarget: len(targets),
        WorkProgramme: len(programmes),
        Action: len(actions),
        FollowUp: total(targets, "followup") + 3 * len(actions),
        Indicator: len(SAMPLE["indicators"]),
        IndicatorTarget: total(SAMPLE["indicators"], "targets"),
        IndicatorValue: total(SAMPLE["indicators"], "series"),
        Forecast: len(finance),
        Explanation: sum("selite" in row for row in finance),
        FundingUse: closed_years * len(SAMPLE["funding_sources"]),
        MunicipalSettlement: closed_years,
        Dataset: len(SAMPLE["reports"]),
        Report: 4 * len(SAMPLE["reports"]),
    }
    assert {model: model._default_manager.count() for model in expected} == expected


def test_the_file_is_the_one_the_numbers_are_known_of():
    counts = (
        AnnualTarget.objects.count(),
        Action.objects.count(),
        Meeting.objects.count(),
        Matter.objects.count(),
        Decision.objects.count(),
        FollowUp.objects.filter(action=None).count(),
        FollowUp.objects.filter(target=None).count(),
    )
    assert counts == (37, 80, 126, 861, 72, 111, 240)


def test_the_command_says_what_is_no_row_and_that_nothing_is_unknown(output):
    assert "audit_trail_example (7): the trail writes itself" in output
    assert "not known yet" not in output


def test_shares_of_the_municipalities_are_those_of_the_file():
    assert {
        (share.year, share.municipality.code): share.amount
        for share in ContributionShare.objects.select_related("municipality")
    } == {
        (budget["year"], share["municipality"]): share["amended_budget"]
        for budget in SAMPLE["budget_years"]
        for share in budget["municipal_shares"]
    }


def test_every_finance_table_is_that_of_the_file_to_the_cent():
    told = {f"RAP-{dataset.period.code}": dataset.facts["finance"] for dataset in Dataset.objects.all()}
    assert set(told) == set(REPORTS)
    for code, report in REPORTS.items():
        assert_same_finance(told[code], report)
        period = ReportingPeriod.objects.select_related("programme").get(code=code.removeprefix("RAP-"))
        assert finance_facts(period, period.programme) == told[code]


def test_every_table_has_the_same_day_of_two_earlier_years_of_the_file():
    first = min(row["year"] for row in SAMPLE["monthly_actuals"])
    for dataset in Dataset.objects.select_related("period"):
        finance, period = dataset.facts["finance"], dataset.period
        for by, rows in (("cost_centre", finance["rows"]), ("account", finance["accounts"])):
            assert {row["code"]: Decimal(row["actual"]) for row in rows} == booked(
                period.year, period.kind, by
            )
            for place, year in enumerate((period.year - 1, period.year - 2)):
                earlier = {row["code"]: row["earlier"][place]["actual"] for row in rows}
                if year < first:
                    assert set(earlier.values()) == {None}
                else:
                    assert {code: Decimal(euros) for code, euros in earlier.items()} == booked(
                        year, period.kind, by
                    )
                    stated = REPORTS[f"RAP-{year}-{period.kind}"]["finance_total"]["toteuma"]
                    assert Decimal(finance["total"]["earlier"][place]["actual"]) == stated


def test_budgets_and_shares_of_every_year_come_to_what_the_file_states():
    for budget in SAMPLE["budget_years"]:
        year_end = Dataset.objects.get(period__code=f"{budget['year']}-TP").facts["finance"]
        assert Decimal(year_end["total"]["original"]) == budget["total_eur"]
        assert Decimal(year_end["total"]["amended"]) == budget["total_amended_eur"]
        assert Decimal(year_end["income"]["amended"]) == budget["total_amended_eur"]
        shares = sum(share["amended_budget"] for share in budget["municipal_shares"])
        [of_municipalities] = [row for row in year_end["sources"] if row["code"] == SOURCES["kunnat"]]
        assert Decimal(of_municipalities["amended"]) == shares


def test_files_of_every_period_have_the_figures_of_the_file(settings):
    settings.TODAY = datetime.date(2010, 4, 1)  # the last round has closed
    office = client_of("office")
    for report in SAMPLE["reports"]:
        period = report["id"].removeprefix("RAP-")
        answer = office.get(f"/ako/finance/{report['year']}.csv", {"period": period})
        content = b"".join(answer).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        for row, stated in zip(rows, [*report["finance"], report["finance_total"]], strict=True):
            assert row["cost_centre"] == stated.get("kustannuspaikka", "").removeprefix("KP-")
            assert {
                name: Decimal(row["budget" if name == "original" else name].replace(",", "."))
                for name in COLUMNS
            } == {name: Decimal(str(stated[column])) for name, column in COLUMNS.items()}
            assert row["explanation"] == stated.get("selite", "")


def test_ledger_sums_are_those_of_the_file_and_name_it():
    entries = LedgerEntry.objects.values_list(
        F("booked_on__year"), F("cost_centre__code"), F("account__code")
    )
    assert {
        (year, centre, account): amount for year, centre, account, amount in entries.annotate(Sum("amount"))
    } == {
        (row["year"], row["cost_centre"], row["account"]): row["total"] for row in SAMPLE["monthly_actuals"]
    }
    digest = hashlib.sha256(SAMPLE_FILE.read_bytes()).hexdigest()
    assert set(LedgerImport.objects.values_list("source_sha256", flat=True)) == {digest}


def test_every_link_of_a_target_is_kept():
    linked = {
        target.code: {
            row.code
            for links in (
                target.goals,
                target.measures,
                target.networks,
                target.role_statements,
                target.follow_up_principles,
            )
            for row in links.all()
        }
        for target in AnnualTarget.objects.all()
    }
    assert linked == {target["id"]: set(target["links"]) for target in SAMPLE["annual_targets"]}


def test_actions_keep_what_they_carry_out_and_say_no_cost_for_zero_euros():
    for record in (action for programme in SAMPLE["work_programmes"] for action in programme["actions"]):
        action = Action.objects.get(code=record["id"])
        part = action.measure or action.network or action.role_statement or action.follow_up_principle
        assert part is not None
        assert part.code == record["measure"]
        assert {target.code for target in action.targets.all()} == set(record["targets"])
        assert action.planned_euros == record["planned_eur"]
        assert action.no_cost == (record["planned_eur"] == 0)
        assert action.cost_centre == action.work_programme.group.cost_centre


def test_seats_of_groups_match_their_totals():
    for record in SAMPLE["group_seats"]:
        seats = Membership.objects.filter(group__code=record["working_group"]).exclude(
            role__in=[Membership.Role.COORDINATOR, Membership.Role.DEPUTY]
        )
        by_municipality = Counter(seats.values_list("municipality__code", flat=True))
        assert by_municipality == {seat["municipality"]: seat["seats"] for seat in record["seats"]}
        assert seats.count() == record["total_seats"]
        assert [seat.municipality.code for seat in seats.filter(role="chair")] == [record["chair_from"]]
        assert {seat.municipality.code for seat in seats.filter(role="vice_chair")} == set(
            record["vice_chairs_from"]
        )


def test_imported_rows_say_so_and_only_the_year_end_has_words_on_actions():
    assert set(FollowUp.objects.values_list("origin", "state")) == {("imported", "approved")}
    of_actions = FollowUp.objects.filter(target=None)
    assert of_actions.exclude(period__kind="TP").exclude(text="").count() == 0
    assert of_actions.filter(period__kind="TP", text="").count() == 0


def test_deviations_of_the_file_are_kept_with_their_new_dates():
    said = {
        (follow_up.target.code, follow_up.period.code): (follow_up.reason, follow_up.new_due_on)
        for follow_up in FollowUp.objects.exclude(reason="").select_related("target", "period")
    }
    assert said == {
        (target["id"], follow_up["report"].removeprefix("RAP-")): (
            follow_up["deviation"]["poikkeaman_syy"],
            follow_up["deviation"]["uusi_maaraaika"],
        )
        for target in SAMPLE["annual_targets"]
        for follow_up in target["followup"]
        if "deviation" in follow_up
    }


def test_what_is_empty_in_the_file_stays_empty():
    assert IndicatorValue.objects.filter(value=None).count() == sum(
        point["value"] is None for indicator in SAMPLE["indicators"] for point in indicator["series"]
    )
    assert Indicator.objects.get(code="IND-KV-2").baseline is None
    assert Indicator.objects.get(code="IND-MR-1").baseline == 0
    assert AnnualTarget.objects.exclude(baseline=None).count() == 0
    assert Action.objects.exclude(funding_source=None).count() == 0


def test_words_of_the_statuses_are_those_of_the_file():
    with translation.override(None):
        labels = {code: str(status.label) for code, status in STATUSES.items()}
    assert labels == {status["code"]: status["en"] for status in SAMPLE["status_scale"]}


def test_handlings_without_a_meeting_are_dates_without_section():
    budget = Budget.objects.get(year=2007)
    assert budget.decision is None
    assert [handling.matter for handling in budget.handlings.all()] == [None, None, None]
    assert Budget.objects.get(year=2009).decision.matter.section == 11
    last = Report.objects.get(code="RAP-2009-TP-SH")
    assert (last.meeting, last.matter, f"{last.presented_on}") == (None, None, "2010-03-31")


def test_all_years_are_closed_and_all_claims_paid():
    assert set(AnnualTarget.objects.values_list("state", flat=True)) == {AnnualTarget.State.CLOSED}
    assert set(PaymentClaim.objects.values_list("state", flat=True)) == {PaymentClaim.State.PAID}


def test_wordings_of_decisions_are_filled_in():
    by_matter = {
        (decision.matter.meeting.code, decision.matter.number): decision.matter.proposal
        for decision in Decision.objects.select_related("matter__meeting")
    }
    assert by_matter["KOK-YK-2008-02", 12].endswith("määräraha on 490\u00a0000 euroa.")
    assert "talousarvion 2009 ja taloussuunnitelman 2009–2011" in by_matter["KOK-SH-2008-10", 84]
    # The executive committee was replaced by the managers' meeting, whose wording the file has.
    assert by_matter["KOK-TVK-2007-05", 22].startswith("Kuntajohtajakokous päättää")
    # No wording is known for an annual report.
    assert by_matter["KOK-SH-2009-03", 22] == ""
    assert not any("{" in proposal for proposal in by_matter.values())


def test_everything_is_marked_as_sample():
    programme = Programme.objects.get()
    assert programme.is_sample
    assert (programme.sample_watermark_fi, programme.sample_watermark_sv) == ("ESIMERKKI", "EXEMPEL")
    assert programme.deviation_euros == Decimal(5000)
    assert {
        f"{dataset.facts['programme']['sample']['watermark']['fi']}" for dataset in Dataset.objects.all()
    } == {"ESIMERKKI"}


def test_people_of_the_sample_hold_their_posts_and_seats():
    people = {person.persona: person for person in User.objects.exclude(persona="")}
    assert len(people) == 15
    assert not any(person.has_usable_password() for person in people.values())
    posts = {
        code: [holding.post.code for holding in person.holdings.all()] for code, person in people.items()
    }
    assert posts["presenter"] == ["ROLE-SJ"]
    assert posts["admin"] == []
    assert people["admin"].is_administrator
    assert people["office"].memberships.get().group.code == "KV"
    assert people["chair-hp"].memberships.get().municipality.code == "KUN-536"
    assert people["member-mr"].memberships.get().municipality.code == "KUN-980"
    assert people["elected"].body_seats.get().body.code == "BODY-SH"
    assert people["municipal"].municipal_contacts.get().municipality.code == "KUN-211"
    assert WorkingGroup.objects.get(code="KV").cost_centre.code == "KP-2100"
