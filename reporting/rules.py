"""Who may what with reports."""

import rules

from programme import rules as programme_rules
from programme.models import CostCentre
from workgroups import rules as group_rules

# Assembling, freezing and rendering: the programme office.
may_compose_reports = programme_rules.is_programme_office

# Live figures of a round that is still open: officials and groups. Others read what was told.
reads_live_figures = group_rules.reads_approved_work


@rules.predicate
def coordinates_its_group(user: programme_rules.Person, centre: CostCentre) -> bool:
    return any(group_rules.coordinates(user, group) for group in centre.working_groups.all())


@rules.predicate
def keeps_its_money(user: programme_rules.Person, centre: CostCentre) -> bool:
    keeps = programme_rules.is_finance_officer | programme_rules.is_programme_office
    return bool(keeps(user, centre.programme))


rules.add_perm("reporting.compose_report", may_compose_reports)
# The words of a report, its proposal for decision too: whoever assembles it, and who presents it to the body.
rules.add_perm("reporting.word_report", may_compose_reports | programme_rules.is_presenting_officer)
rules.add_perm("reporting.give_forecast", coordinates_its_group | keeps_its_money)
# When in the year the lines of the budget are expected to be used: a figure of theirs who read live figures.
rules.add_perm("reporting.read_phasing", reads_live_figures)
rules.add_perm("reporting.keep_phasing", programme_rules.is_finance_officer)
# All that an evaluator needs holds the comments of every group: for those who read these anyway.
rules.add_perm("reporting.export_evaluation_package", programme_rules.reads_unfinished_work)
# The share key of a year and its settlement: the finance officer's, who keeps the budget they follow from.
rules.add_perm("reporting.keep_contributions", programme_rules.is_finance_officer)
# Officials and groups read every municipality's page; others those they represent.
rules.add_perm("reporting.read_every_municipality", reads_live_figures)
