"""Steps that tests of values share: sending one, and reading what is stored and told."""

import json

from priorities.models import IndicatorValue
from tests.factories import the_indicator, the_period
from tests.personas import client_of
from workgroups.indicators.series import series_of

ADDRESS = "/ako/indicators/IND-MR-1/values/2009-T2/"
PAGE = "/ako/indicators/IND-MR-1/"


def send(value, note="", *, persona="coordinator-mr", base=None, address=ADDRESS):
    seen = {"value": "", "note": ""} if base is None else base
    return client_of(persona).post(address, {"value": value, "note": note, "base": json.dumps(seen)})


def stored(**of):
    return IndicatorValue.objects.get(indicator=the_indicator(), period__code="2009-T2", **of)


def told(period="2009-T2", indicator="IND-MR-1"):
    found = the_indicator(indicator)
    cell = series_of([found])[found.pk].get(the_period(period).pk)
    return cell.told.value if cell and cell.told else None
