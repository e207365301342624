"""Loads a programme document: by stable ids, as often as one likes, one document beside another."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from priorities.models import Measure, NameVariant, Priority, StrategicGoal
from programme.models import Audience, FollowUpPrinciple, Network, Programme, RoleStatement, Strategy
from reporting.loading import programme_links, programme_texts
from reporting.loading.clock import store_clock
from reporting.loading.programme_shapes import ADDITIONS, PROGRAMME
from reporting.loading.reader import Record, read_file
from reporting.loading.rows import store, whole_or_nothing, words
from reporting.loading.tally import Tally
from workgroups.models import WorkingGroup

DATA = Path(settings.BASE_DIR) / "programme" / "data"
PROGRAMME_FILE = DATA / "programme.yaml"
ADDITIONS_FILE = DATA / "coordination.yaml"


@dataclass
class Loading:
    """One document on its way into the database."""

    programme: Programme
    document: Record
    additions: Record
    tally: Tally = field(default_factory=Tally)


def load_programme(path: Path) -> tuple[Programme, Tally]:
    """Load a document whole or not at all; return the programme and the account.

    Raises FileError with the line and the reason.
    """
    document = read_file(path, PROGRAMME)
    programme_links.check(document)
    additions = read_file(ADDITIONS_FILE, ADDITIONS)
    with whole_or_nothing(path):
        loading = Loading(_store_programme(document["programme"]), document, additions)
        programme_texts.store_texts(loading.programme, document, loading.tally)
        _store_role_statements(loading)
        strategy = _store_strategy(loading)
        _store_priorities(loading, strategy)
        _store_networks(loading)
        _store_follow_up_principles(loading)
        _store_audiences(loading)
        store_clock(loading.programme, loading.tally)
        _store_working_groups(loading)
    _tell_what_is_no_row(loading)
    return loading.programme, loading.tally


def _store_programme(record: Record) -> Programme:
    slug = record["short"].lower()
    other = Programme.objects.filter(slug=slug).exclude(code=record["id"]).first()
    if other is not None:
        raise record.error("short", f"the programme {other.code} already has the address /{slug}/")
    ending = record.get("effective_end")
    programme = store(
        Programme,
        {"code": record["id"]},
        {
            "slug": slug,
            "short_name": record["short"],
            "starts_on": record["period"]["start"],
            "ends_on": record["period"]["end"],
            "effective_end": ending["date"] if ending else None,
            "successor": ending["successor"] if ending else "",
            "document_code": record["document"]["code"],
            **words(record["title"], "name"),
            **words(record["owner"], "owner"),
            **words(record["core_message"], "core_message"),
        },
        record,
    )
    if not Programme.objects.filter(is_default=True).exists():
        programme.is_default = True
        programme.save(update_fields=["is_default"])
    return programme


def _store_role_statements(loading: Loading) -> None:
    statements = loading.document["role"]["statements"]
    for order, record in enumerate(statements, start=1):
        store(
            RoleStatement,
            {"programme": loading.programme, "code": record["id"]},
            {"order": order, "seed_lines": record["seed_lines"], **words(record, "text")},
            record,
        )
    loading.tally.count("role statements", len(statements))


def _store_strategy(loading: Loading) -> Strategy:
    record = loading.document["strategy"]
    loading.tally.count("strategies", 1)
    return store(
        Strategy,
        {"programme": loading.programme, "code": record["id"]},
        {
            "council_term": record["council_term"],
            "adopted_on": loading.programme.starts_on,
            "basis": record["basis"],
            **words(record, "name"),
        },
        record,
    )


def _store_priorities(loading: Loading, strategy: Strategy) -> None:
    for record in loading.document["priorities"]:
        vision = record["vision"]
        priority = store(
            Priority,
            {"programme": loading.programme, "code": record["id"]},
            {
                "number": record["order"],
                "seed_lines": record["seed_lines"],
                "vision_code": vision["id"],
                "vision_seed_line": vision["seed_lines"][0] if vision["seed_lines"] else None,
                **words(record["title"], "name"),
                **words(record["slug"], "slug"),
                **words(vision, "vision"),
            },
            record,
        )
        loading.tally.count("priorities, each with its vision element", 1)
        _store_name_variant(loading, priority, record.get("title_variant"))
        _store_goals(loading, priority, strategy, record["goals"])
        _store_measures(loading, priority, record["measures"])


def _store_name_variant(loading: Loading, priority: Priority, record: Record | None) -> None:
    if record is None:
        return
    other_languages = words(record, "name")
    finnish = other_languages.pop("name_fi")
    store(
        NameVariant,
        {"priority": priority, "name_fi": finnish},
        {"seed_lines": record["seed_lines"], "basis": record["use"], **other_languages},
        record,
    )
    loading.tally.count("name variants of priorities", 1)


def _store_goals(loading: Loading, priority: Priority, strategy: Strategy, records: list[Record]) -> None:
    for number, record in enumerate(records, start=1):
        store(
            StrategicGoal,
            {"strategy": strategy, "code": record["id"]},
            {
                "priority": priority,
                "number": number,
                "seed_lines": record["seed_lines"],
                **words(record, "text"),
            },
            record,
        )
    loading.tally.count("goals", len(records))


def _store_measures(loading: Loading, priority: Priority, records: list[Record]) -> None:
    order = 0
    for record in records:
        order += 1
        measure = _store_measure(priority, record, order, kind=record["kind"], parent=None)
        for sub_record in record.get("sub", []):
            order += 1
            _store_measure(priority, sub_record, order, kind=record["kind"], parent=measure)
        loading.tally.count("sub-measures", len(record.get("sub", [])))
    loading.tally.count("measures", len(records))


def _store_measure(
    priority: Priority, record: Record, order: int, *, kind: str, parent: Measure | None
) -> Measure:
    return store(
        Measure,
        {"priority": priority, "code": record["id"]},
        {
            "parent": parent,
            "order": order,
            "kind": kind,
            "seed_lines": record["seed_lines"],
            **words(record, "text"),
        },
        record,
    )


def _store_networks(loading: Loading) -> None:
    networks = loading.document["networks"]
    order = 0

    def store_network(record: Record, kind: Network.Kind, parent: Network | None) -> Network:
        nonlocal order
        order += 1
        loading.tally.count("networks, with their headings", 1)
        return store(
            Network,
            {"programme": loading.programme, "code": record["id"]},
            {
                "parent": parent,
                "kind": kind,
                "order": order,
                "seed_lines": record["seed_lines"],
                **words(record, "name"),
            },
            record,
        )

    root = store_network(networks["lead"], Network.Kind.ROOT, None)
    for group_record in networks["groups"]:
        group = store_network(group_record, Network.Kind.GROUP, root)
        for record in group_record["items"]:
            store_network(record, Network.Kind.NETWORK, group)


def _store_follow_up_principles(loading: Loading) -> None:
    principles = loading.document["followup"]["principles"]
    for order, record in enumerate(principles, start=1):
        store(
            FollowUpPrinciple,
            {"programme": loading.programme, "code": record["id"]},
            {
                "order": order,
                "rule": record.get("rule", ""),
                "produces": record.get("produces", ""),
                "seed_lines": record["seed_lines"],
                **words(record, "text"),
            },
            record,
        )
    loading.tally.count("follow-up principles", len(principles))


def _store_audiences(loading: Loading) -> None:
    depths = loading.additions["depths"]
    for record in loading.document["audiences"]:
        depth = depths["by_order"].get(str(record["order"]))
        if depth is None:
            raise record.error("order", f"no depth is given for place {record['order']} of the chain")
        store(
            Audience,
            {"programme": loading.programme, "code": record["id"]},
            {"order": record["order"], "depth": depth, "basis": depths["basis"], **words(record, "name")},
            record,
        )
    loading.tally.count("audiences", len(loading.document["audiences"]))


def _store_working_groups(loading: Loading) -> None:
    records = loading.document["working_groups"]
    for order, record in enumerate(records, start=1):
        priority = Priority.objects.get(programme=loading.programme, code=record["priority"])
        store(
            WorkingGroup,
            {"programme": loading.programme, "code": record["id"]},
            {
                "order": order,
                "priority": priority,
                "coordination_measure": priority.measures.get(code=record["coordination_measure"]),
                "seed_lines": record["seed_lines"],
                **words(record, "name"),
            },
            record,
        )
    unit = loading.additions["unit"]
    store(
        WorkingGroup,
        {"programme": loading.programme, "code": unit["id"]},
        {"order": len(records) + 1, "basis": unit["basis"], **words(unit, "name")},
        unit,
    )
    loading.tally.count("working groups", len(records))
    loading.tally.count(f"units of the programme office ({ADDITIONS_FILE.name})", 1)


def _tell_what_is_no_row(loading: Loading) -> None:
    document, tally = loading.document, loading.tally
    if "glossary" in document:
        tally.leave_out(f"glossary ({len(document['glossary'])})", "words for translators, in the file")
    if "cleanup_log" in document:
        tally.leave_out(f"cleanup_log ({len(document['cleanup_log'])})", "repairs of the text, in the file")
    tally.leave_out("schema_version, languages, default_language", "say how to read the file")
    tally.leave_out("document: year, author_initials, form", "how the paper looked")
    tally.leave_out("section of role, networks, followup, strategy_link", "checked, then known by the page")
    tally.leave_out("audiences of a follow-up principle", "checked against the audiences")
    tally.leave_out("working_group of a priority", "checked against the groups, which hold the link")
