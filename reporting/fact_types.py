"""The shape of frozen facts: plain JSON values, so that a page, a PDF and a spreadsheet read the same.

Euros are decimal strings with two decimals (`"305241.00"`), percentages decimal strings with one
(`"57.6"`), other decimals as they were given (`"3.9"`); dates are ISO dates, moments ISO moments with their
offset. What is not known is None, never zero. `Words` hold a text in three languages; `""` where nobody has
translated it.
"""

from typing import NotRequired, TypedDict


class Words(TypedDict):
    fi: str
    sv: str
    en: str


class SampleFacts(TypedDict):
    notice: Words
    watermark: Words


class ProgrammeFacts(TypedDict):
    code: str
    slug: str
    name: Words
    short_name: str
    owner: Words
    core_message: Words
    sample: SampleFacts | None


class PeriodFacts(TypedDict):
    code: str  # 2009-T2
    year: int
    kind: str  # T1, T2, TP
    starts_on: str
    ends_on: str
    months: int
    closes_at: str
    previous: str | None  # code of the period before it in the same year


class GoalFacts(TypedDict):
    code: str
    number: int
    text: Words


class MeasureFacts(TypedDict):
    code: str
    kind: str
    text: Words
    sub_measures: list["MeasureFacts"]


class PriorityFacts(TypedDict):
    code: str
    number: int
    name: Words
    vision: Words
    goals: list[GoalFacts]
    measures: list[MeasureFacts]


class GroupFacts(TypedDict):
    code: str
    name: Words
    priority: str | None  # None: the programme office's own unit
    cost_centre: str | None


class EvidenceFileFacts(TypedDict):
    """A file as evidence, without its name, which may tell what becomes secret after this was frozen.

    Datasets that were frozen before names were left out have them under `name`; nothing reads them.
    """

    media_type: str
    size: int  # bytes
    sha256: str
    secrecy_ground: str
    path: str  # where the portal gives it to those who may see it


class DecisionFacts(TypedDict):
    decided_on: str
    body: Words
    section: int | None
    item: int | None
    title: str


class EvidenceFacts(TypedDict):
    """On what a follow-up stands."""

    words: str
    decision: DecisionFacts | None
    files: list[EvidenceFileFacts]


class FollowUpFacts(TypedDict):
    status: str
    text: str
    language: str
    reason: str
    effect: str
    corrective_action: str
    new_due_on: str | None
    decision_needed: str
    value: str | None
    confirmed_unchanged: bool
    imported: bool
    accepted_on: str
    late: NotRequired[bool]  # only where it was submitted after the round's original closing
    evidence: NotRequired[EvidenceFacts]  # only where there is any


class PreviousFacts(TypedDict):
    period: str
    status: str
    text: str
    value: str | None


class LineFacts(TypedDict):
    code: str
    group: str | None  # None: a target that no group answers for yet
    status: str  # a status code; not_updated where nothing is approved
    waiting: bool  # submitted, not yet approved (never in a frozen dataset's status)
    follow_up: FollowUpFacts | None
    previous: PreviousFacts | None  # the period before it in the same year
    responsible: Words | None


class AmendedFacts(TypedDict):
    """An amendment of a target that is in force: when, and by which § or item of which body."""

    code: str
    decided_on: str
    body: Words | None  # None: the presenting officer, without a meeting
    section: int | None
    item: int | None


class TargetFacts(LineFacts):
    name: Words
    binding: bool
    priority: str | None
    goals: list[str]
    measures: list[str]
    networks: list[str]
    role_statements: list[str]
    follow_up_principles: list[str]
    indicator: Words
    unit: str
    baseline: str | None
    target_value: str | None
    direction: str
    due_on: str | None
    cost_centre: str | None
    planned_euros: str | None  # its own, or those of its actions; None: not told
    no_cost: bool
    actions: list[str]
    amended: NotRequired[list[AmendedFacts]]  # only where there are any


class ActionFacts(LineFacts):
    text: str
    language: str
    work_programme: str
    targets: list[str]
    carries_out: str  # code of the measure, network, role statement or principle
    start_month: int
    end_month: int
    output: str
    planned_euros: str | None  # None: no cost
    cost_centre: str | None


class EarlierFacts(TypedDict):
    """What was booked from 1 January to the same day of an earlier year."""

    until: str
    actual: str | None  # None: the ledger has nothing of that year


class FinanceRow(TypedDict):
    code: str
    number: str
    name: Words
    original: str  # TA
    amendments: str  # decided by the period's last day
    amended: str
    actual: str | None  # 1 January to the period's last day; None of income: the ledger has none of the year
    actual_percent: str | None
    expected_percent: str  # months / 12, or what the lines' own phasing says, of the amended budget
    forecast: str | None  # whole rows only: None in a total where a row lacks one
    deviation: str | None  # amended − forecast; plus: underspend
    deviation_percent: str | None
    must_explain: bool
    explanation: str | None
    corrective_action: str | None
    who_decides: str | None
    earlier: NotRequired[list[EarlierFacts]]  # the nearer year first; datasets of facts version 1 have none


class FundingRow(TypedDict):
    code: str
    name: Words
    amended: str  # income of the amended budget
    used: str | None  # told at year-end
    used_percent: str | None


class SettlementFacts(TypedDict):
    billed: str
    used: str
    carried_over: str
    text: str


class FinanceFacts(TypedDict):
    """Money by cost centre, with the task's total; what is not required, datasets of facts version 1 lack."""

    rows: list[FinanceRow]
    total: FinanceRow
    accounts: NotRequired[list[FinanceRow]]  # the same expenses by account; nobody forecasts these
    sources: NotRequired[list[FinanceRow]]  # the budget's income by funding source
    income: NotRequired[FinanceRow]  # all sources together
    phased: NotRequired[bool]  # whether a line has a phasing of its own
    until: NotRequired[str]  # the last day of the actuals: the ledger's cut-off
    funding: list[FundingRow]
    settlement: SettlementFacts | None


class GroupReportFacts(TypedDict):
    """A group's own words of its period, as its chair accepted them; internal to the administration."""

    group: str
    done: str
    hinders: str
    asked: str  # of whom, too
    language: str
    accepted_on: str
    late: NotRequired[bool]


class TaskNoteFacts(TypedDict):
    """What was said of a task on its way."""

    written_on: str
    kind: str  # progress, done, sent_back, verified
    text: str
    language: str


class EarlierTaskFacts(TypedDict):
    """A task from an earlier decision that a report carries on to the body that decided, or its successor."""

    audience: str  # code: the one audience that is told of it
    body: Words  # the one that decided
    decided_on: str
    section: int | None
    item: int | None
    title: str
    text: str
    responsible: Words
    due_on: str
    state: str  # open, done, verified
    done_on: str | None
    verified_on: str | None
    progress: list[TaskNoteFacts]  # the oldest first
    late: NotRequired[bool]  # only where its day had passed undone


class IndicatorFacts(TypedDict):
    code: str
    group: str | None
    name: Words
    unit: str
    direction: str
    source: str
    baseline: str | None
    value: str | None
    previous: str | None
    target: str | None
    series: list[list[str | None]]  # pairs of period code and value, up to this period


class CoverageFacts(TypedDict):
    lines: int
    updated: int
    targets: int
    targets_updated: int
    not_updated: list[str]  # codes, targets first
    waiting: list[str]


class SourceFacts(TypedDict):
    name: str
    sha256: str
    imported_at: str


class RuleFacts(TypedDict):
    facts_version: int
    deviation_euros: str
    deviation_percent: str


class Facts(TypedDict):
    """Everything that is told of one period."""

    programme: ProgrammeFacts
    period: PeriodFacts
    priorities: list[PriorityFacts]
    groups: list[GroupFacts]
    targets: list[TargetFacts]
    actions: list[ActionFacts]
    finance: FinanceFacts
    indicators: list[IndicatorFacts]
    group_reports: NotRequired[list[GroupReportFacts]]  # only where there are any
    earlier_tasks: NotRequired[list[EarlierTaskFacts]]  # only where there are any
    coverage: CoverageFacts
    sources: list[SourceFacts]
    rules: RuleFacts
    status_labels: dict[str, Words]


class Particulars(TypedDict):
    """What a frozen report says of itself, by value."""

    code: str  # RAP-2009-T2-SH
    version: int
    audience: Words
    body: Words | None
    meeting_on: str | None
    section: int | None
    presenter: Words
    preparer: Words
    frozen_at: str
    frozen_by: str
    dataset_version: int
    dataset_sha256: str
    depth: str
    depth_sha256: str
    corrects: int | None
