"""Who may what with reports."""

import rules

from programme import rules as programme_rules
from reporting.models import Report
from workgroups import rules as group_rules

Person = programme_rules.Person

# Assembling, freezing and rendering: the programme office.
may_compose_reports = programme_rules.is_programme_office

# Live figures of a round that is still open: officials and groups. Others read what was told.
reads_live_figures = group_rules.reads_approved_work


@rules.predicate
def report_is_composed(user: Person, report: Report) -> bool:
    return not report.is_frozen


rules.add_perm("reporting.compose_report", may_compose_reports)
rules.add_perm("reporting.freeze_report", may_compose_reports & report_is_composed)
rules.add_perm("reporting.render_report", may_compose_reports)
