"""The ground of the sample: its marks, posts, municipalities and bodies. None of it depends on the day."""

from typing import Any

from programme.models import (
    Body,
    Municipality,
    MunicipalityMembership,
    Post,
    Programme,
    ProgrammeText,
)
from reporting.loading.reader import Record
from reporting.loading.rows import Codes, checked, create_all, store
from reporting.loading.sample.context import Sample

NUMBERINGS = {
    "§ per kalenterivuosi": Body.Numbering.SECTION_PER_YEAR,
    "asianumero kokouksittain": Body.Numbering.ITEM_PER_MEETING,
}
DOCUMENTS = {"pöytäkirja": Body.Document.MINUTES, "muistio": Body.Document.MEMO}


def load_ground(sample: Sample) -> None:
    _mark_programme(sample.programme, sample)
    _load_rules_in_words(sample)
    _load_posts(sample)
    _load_municipalities(sample)
    _load_bodies(sample)


def _mark_programme(programme: Programme, sample: Sample) -> None:
    """Mark all that is shown of the programme as sample, and take over its rule of deviations."""
    meta, watermark = sample.file["meta"], sample.additions["watermark"]
    rule = sample.file["deviation_rule"]
    changes = {
        "sample_notice_fi": meta["notice_fi"],
        "sample_notice_sv": meta["notice_sv"],
        "sample_notice_en": meta["notice_en"],
        "sample_watermark_fi": meta["watermark_fi"],
        "sample_watermark_sv": watermark["sv"],
        "sample_watermark_en": watermark["en"],
        "deviation_euros": rule["threshold_eur"],
        "deviation_percent": rule["threshold_pct"],
    }
    for column, value in changes.items():
        setattr(programme, column, value)
    checked(programme, meta).save(update_fields=list(changes))


def _load_rules_in_words(sample: Sample) -> None:
    """Keep the sample's rule of deviations and its levels of bindingness as they are worded."""
    rule, bindingness = sample.file["deviation_rule"], sample.file["bindingness"]
    passages = [("deviation_rule", rule["fi"], rule)]
    passages += [(f"bindingness.{level}", text, bindingness) for level, text in bindingness.items()]
    order = sample.programme.texts.count()
    create_all(
        ProgrammeText,
        [
            (
                ProgrammeText(
                    programme=sample.programme,
                    code=code,
                    kind=ProgrammeText.Kind.LEAD,
                    order=order + number,
                    text_fi=text,
                    basis=sample.file_name,
                ),
                record,
            )
            for number, (code, text, record) in enumerate(passages, start=1)
        ],
    )
    sample.tally.count("passages: deviation rule and bindingness", len(passages))


def _load_posts(sample: Sample) -> None:
    powers = sample.additions["powers"]["posts"]
    rows = [
        (
            Post(
                programme=sample.programme,
                code=record["id"],
                name_fi=record["fi"],
                note=record["note_fi"],
                power=powers.get(record["id"], ""),
            ),
            record,
        )
        for record in sample.file["roles"]
    ]
    sample.posts = Codes("role", create_all(Post, rows))
    for code in powers:
        sample.posts.named(code, powers, code)
    sample.tally.count("posts (roles)", len(rows))


def _load_municipalities(sample: Sample) -> None:
    """Municipalities outlive programmes: one that another programme has brought is used as it is."""
    municipalities = []
    for record in sample.file["municipalities"]:
        municipality = store(
            Municipality,
            {"code": record["id"]},
            {
                "number": record["code"],
                "name_fi": record["fi"],
                "name_sv": record["sv"],
                "form": record["form_2007_2010"],
            },
            record,
        )
        MunicipalityMembership.objects.create(
            programme=sample.programme, municipality=municipality, starts_on=sample.programme.starts_on
        )
        municipalities.append(municipality)
    sample.municipalities = Codes("municipality", municipalities)
    sample.tally.count("municipalities, members from the programme's start", len(municipalities))


def _load_bodies(sample: Sample) -> None:
    records = sample.file["bodies"]
    rows = create_all(Body, [(_body(record, sample), record) for record in records])
    sample.bodies = Codes("body", rows)
    for body, record in zip(rows, records, strict=True):
        if "replaces" in record:
            body.replaces = sample.bodies.of(record, "replaces")
            body.save(update_fields=["replaces"])
        if "working_group" in record:
            group = sample.groups.of(record, "working_group")
            group.body = body
            group.save(update_fields=["body"])
    sample.tally.count("bodies", len(rows))


def _body(record: Record, sample: Sample) -> Body:
    """Make a body; where the programme has translated its Finnish name, the translations go with it."""
    audience = sample.audiences.of(record, "audience") if "audience" in record else None
    group = sample.groups.of(record, "working_group") if "working_group" in record else None
    namesake: Any = audience or group
    is_translated = namesake is not None and namesake.name_fi == record["fi"]
    return Body(
        programme=sample.programme,
        code=record["id"],
        name_fi=record["fi"],
        name_sv=namesake.name_sv if is_translated else "",
        name_en=namesake.name_en if is_translated else "",
        audience=audience,
        valid_from=record["valid"]["start"],
        valid_until=record["valid"]["end"],
        decides=record["decides"],
        numbering=NUMBERINGS[record["numbering"]],
        document=DOCUMENTS[record["document"]],
        basis=record.get("basis", ""),
    )
