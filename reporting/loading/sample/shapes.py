"""The shape of the sample file, and of what the portal adds to it."""

import datetime
from decimal import Decimal
from typing import Any

from programme.models import DecisionTemplate
from reporting.loading.reader import MapOf, Maybe, OneOf

date = datetime.date

IN_YEAR_STATUSES = ("ei_alkanut", "etenee", "viivastynyt", "ei_toteudu", "toteutunut")
YEAR_END_STATUSES = ("toteutunut", "osittain", "ei_toteutunut")
STATUS = OneOf(tuple(dict.fromkeys(IN_YEAR_STATUSES + YEAR_END_STATUSES)))
DOCUMENT = OneOf(("pöytäkirja", "muistio"))
USE = OneOf(tuple(DecisionTemplate.Use.values))
WORDING = {"id": str, "body": str, "use": USE, "paatosehdotus_fi": str, "paatos_fi": str}

META: dict[str, Any] = {
    "sample": bool,
    "schema_version": int,
    "programme": str,
    "notice_fi": str,
    "notice_sv": str,
    "notice_en": str,
    "watermark_fi": str,
    "currency": OneOf(("EUR",)),
    "amounts": str,
    "refs": str,
    "real_facts_used": [str],
    "no_person_names": bool,
}

BODY: dict[str, Any] = {
    "id": str,
    "fi": str,
    "audience?": str,
    "working_group?": str,
    "valid": {"start": date, "end": Maybe(date)},
    "basis?": str,
    "replaces?": str,
    "decides": bool,
    "numbering": OneOf(("§ per kalenterivuosi", "asianumero kokouksittain")),
    "document": DOCUMENT,
}

GROUP_SEATS: dict[str, Any] = {
    "working_group": str,
    "basis": str,
    "chair_from": str,
    "vice_chairs_from": [str],
    "typical_titles_fi": [str],
    "total_seats": int,
    "also_present_fi": [str],
    "seats": [{"municipality": str, "seats": int}],
}

FOLLOW_UP: dict[str, Any] = {
    "report": str,
    "status": STATUS,
    "actual": Maybe(Decimal),
    "text_fi": str,
    "deviation?": {
        "poikkeaman_syy": str,
        "vaikutus": str,
        "korjaava_toimenpide": str,
        "uusi_maaraaika": Maybe(date),
    },
}

TARGET: dict[str, Any] = {
    "id": str,
    "year": int,
    "owner": str,
    "links": [str],
    "binding": bool,
    "fi": str,
    "indicator_fi": str,
    "target_value": Decimal,
    "unit": str,
    "due": date,
    "responsible": str,
    "cost_centre": str,
    "followup": [FOLLOW_UP],
}

ACTION: dict[str, Any] = {
    "id": str,
    "fi": str,
    "measure": str,
    "targets": [str],
    "start_month": int,
    "end_month": int,
    "responsible": str,
    "output_fi": str,
    "planned_eur": Decimal,
    "status": {"T1": OneOf(IN_YEAR_STATUSES), "T2": OneOf(IN_YEAR_STATUSES), "TP": OneOf(YEAR_END_STATUSES)},
    "note_fi": str,
}

WORK_PROGRAMME: dict[str, Any] = {
    "id": str,
    "year": int,
    "owner": str,
    "title_fi": str,
    "approved_by_group": date,
    "noted_by_board": date,
    "state": OneOf(("hyväksytty",)),
    "actions": [ACTION],
}

AMENDMENT: dict[str, Any] = {
    "id": str,
    "date": date,
    "body": str,
    "kind": str,
    "lines": [{"cost_centre": str, "account": str, "change": Decimal}],
    "income_lines?": [{"cost_centre": str, "source": str, "change": Decimal}],
    "text_fi": str,
}

BUDGET_YEAR: dict[str, Any] = {
    "year": int,
    "id": str,
    "handling": {"kuntajohtajat": date, "seutuhallitus": date, "yhtymakokous": date, "real_dates": bool},
    "total_eur": Decimal,
    "expense_lines": [{"cost_centre": str, "account": str, "budget": Decimal}],
    "income_lines": [{"cost_centre": str, "source": str, "budget": Decimal}],
    "amendments": [AMENDMENT],
    "total_amended_eur": Decimal,
    "municipal_shares": [{"municipality": str, "amended_budget": Decimal}],
    "state_grant": {"decided_on": date, "granted_max": Decimal, "rate_pct": Decimal, "granter": str},
}

CLAIM: dict[str, Any] = {
    "id": str,
    "year": int,
    "period": str,
    "costs": Decimal,
    "other_income": Decimal,
    "ineligible": Decimal,
    "eligible": Decimal,
    "state_share": Decimal,
    "claimed_on": date,
    "decided_on": date,
    "paid_on": date,
    "state": OneOf(("maksettu",)),
    "ineligible_reason_fi?": str,
}

COMPUTED_SUMS: dict[str, Any] = {
    "ta_alkuperainen": Decimal,
    "ta_muutokset": Decimal,
    "ta_muutettu": Decimal,
    "toteuma": Decimal,
    "toteuma_pct": Decimal,
    "tasainen_pct": Decimal,
    "ennuste": Decimal,
    "poikkeama": Decimal,
    "poikkeama_pct": Decimal,
}

REPORT: dict[str, Any] = {
    "id": str,
    "year": int,
    "kind": OneOf(("osavuosikatsaus", "toimintakertomus")),
    "period": str,
    "title_fi": str,
    "chain": {
        "tyoryhmat": date,
        "tyovaliokunta": date,
        "seutuhallitus": date,
        "yhtymakokous": date,
        "julkaistu": date,
    },
    "state": OneOf(("julkaistu",)),
    "status_counts": MapOf(int),
    "summary_fi": str,
    "finance": [{**COMPUTED_SUMS, "kustannuspaikka": str, "selite_vaaditaan?": bool, "selite?": str}],
    "finance_total": COMPUTED_SUMS,
    "funding?": {
        "valtio": Decimal,
        "kunnat": Decimal,
        "muu": Decimal,
        "yhteensa": Decimal,
        "valtio_pct": Decimal,
        "kunnat_pct": Decimal,
    },
    "municipal_settlement?": {
        "laskutettu": Decimal,
        "kaytetty": Decimal,
        "siirtyy_seuraavalle_vuodelle": Decimal,
        "text_fi": str,
    },
}

INDICATOR: dict[str, Any] = {
    "id": str,
    "owner": str,
    "fi": str,
    "unit": str,
    "direction": OneOf(("up", "down")),
    "source_fi": str,
    "baseline": Maybe(Decimal),
    "series": [{"period": str, "value": Maybe(Decimal)}],
    "targets": MapOf(Decimal),
}

MEETING: dict[str, Any] = {
    "id": str,
    "body": str,
    "number": str,
    "date": date,
    "start": str,
    "document?": DOCUMENT,
    "agenda_published?": date,
    "real_date?": bool,
    "present?": int,
    "seats?": int,
    "items": [{"section?": int, "item?": int, "title_fi": str, "ref?": str}],
}

SAMPLE: dict[str, Any] = {
    "meta": META,
    "municipalities": [
        {"id": str, "fi": str, "sv": str, "code": str, "form_2007_2010": str, "sample_population": int}
    ],
    "municipalities_note": str,
    "bodies": [BODY],
    "group_seats": [GROUP_SEATS],
    "roles": [{"id": str, "fi": str, "note_fi": str}],
    "status_scale": [
        {"code": STATUS, "phase": str, "fi": str, "sv": str, "en": str, "shape": str, "colour": str}
    ],
    "cost_centres": [
        {"id": str, "code": str, "fi": str, "priority": Maybe(str), "working_group": Maybe(str)}
    ],
    "accounts": [{"id": str, "code": str, "fi": str, "group": str, "kind": OneOf(("meno", "tulo"))}],
    "funding_sources": [{"id": str, "code": str, "fi": str, "account": str}],
    "deviation_rule": {
        "fi": str,
        "threshold_eur": Decimal,
        "threshold_pct": Decimal,
        "sign": str,
        "measured": str,
    },
    "bindingness": {"yhtymakokous": str, "seutuhallitus": str, "seutujohtaja": str},
    "annual_targets": [TARGET],
    "work_programmes": [WORK_PROGRAMME],
    "budget_years": [BUDGET_YEAR],
    "monthly_actuals": [
        {"year": int, "cost_centre": str, "account": str, "months": [Decimal], "total": Decimal}
    ],
    "claims": [CLAIM],
    "reports": [REPORT],
    "indicators": [INDICATOR],
    "meetings": [MEETING],
    "decision_texts": [WORDING],
    "audit_trail_example": [
        {
            "at": str,
            "role": str,
            "object": str,
            "event": str,
            "before?": str,
            "after?": str,
            "note?": str,
            "version?": str,
        }
    ],
}

PERSONA: dict[str, Any] = {
    "id": str,
    "name?": str,
    "post?": str,
    "group?": str,
    "role?": OneOf(("coordinator", "chair", "deputy")),
    "municipality?": str,
    "body?": str,
    "contact_of?": str,
    "administrator?": bool,
}

ADDITIONS: dict[str, Any] = {
    "watermark": {"basis": str, "sv": str, "en": str},
    "chain": {"basis": str, "steps": MapOf(str)},
    "populations": {"basis": str, "source": str},
    "powers": {
        "basis": str,
        "posts": MapOf(
            OneOf(
                ("programme_office", "presenting_officer", "secretary", "finance_officer", "auditor"),
            )
        ),
    },
    "people": {"basis": str, "personas": [PERSONA]},
    "decision_texts": {"basis": str, "texts": [WORDING]},
    "series_of_targets": {"basis": str, "targets": MapOf(str)},
}
