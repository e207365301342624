"""Forecasts and their explanations as groups told them; and what closed years used of their money."""

from programme.models import Explanation, Forecast, FundingUse, MunicipalSettlement, Origin
from reporting.loading.reader import Record
from reporting.loading.rows import checked, create_all
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import Round


def load_forecasts(sample: Sample) -> None:
    """Load each cost centre's forecast once its group's answers are known."""
    groups = {group.cost_centre_id: group.code for group in sample.groups.rows.values()}
    rows = []
    held = [(round_, row) for round_ in sample.rounds.values() for row in round_.record["finance"]]
    for round_, record in held:
        centre = sample.cost_centres.of(record, "kustannuspaikka")
        if round_.is_answered(groups[centre.pk], sample.day):
            forecast = Forecast(
                period=sample.periods.named(round_.code, round_.record, "id"),
                cost_centre=centre,
                amount=record["ennuste"],
                origin=Origin.IMPORTED,
            )
            rows.append((forecast, record))
    create_all(Forecast, rows)
    explanations = [
        (Explanation(forecast=forecast, reason=record["selite"]), record)
        for forecast, record in rows
        if "selite" in record
    ]
    create_all(Explanation, explanations)
    sample.tally.count("forecasts", len(rows), of=len(held))
    sample.tally.count(
        "explanations", len(explanations), of=sum("selite" in record for _round, record in held)
    )


def load_closed_years(sample: Sample) -> None:
    """Load what closed years used, by funding source, and what is settled with the municipalities."""
    for round_ in sample.rounds.values():
        is_over = round_.is_over(sample.day)
        if "funding" in round_.record:
            held = len(sample.funding_sources.rows)
            used = _load_uses(round_, round_.record["funding"], sample) if is_over else 0
            sample.tally.count("uses of funding sources", used, of=held)
        if "municipal_settlement" in round_.record:
            if is_over:
                _load_settlement(round_, round_.record["municipal_settlement"], sample)
            sample.tally.count("settlements with the municipalities", int(is_over), of=1)


def _load_uses(round_: Round, record: Record, sample: Sample) -> int:
    rows = []
    for source in sample.funding_sources.rows.values():
        if source.short_name not in record:
            raise round_.record.error("funding", f"the use of {source.code} is missing")
        use = FundingUse(
            period=sample.periods.named(round_.code, round_.record, "id"),
            funding_source=source,
            amount=record[source.short_name],
        )
        rows.append((use, record))
    return len(create_all(FundingUse, rows))


def _load_settlement(round_: Round, record: Record, sample: Sample) -> None:
    settlement = MunicipalSettlement(
        period=sample.periods.named(round_.code, round_.record, "id"),
        billed=record["laskutettu"],
        used=record["kaytetty"],
        carried_over=record["siirtyy_seuraavalle_vuodelle"],
        text=record["text_fi"],
    )
    checked(settlement, record).save()
