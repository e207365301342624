"""Who may what with reports."""

import rules

from programme import rules as programme_rules
from workgroups import rules as group_rules

# Assembling, freezing and rendering: the programme office.
may_compose_reports = programme_rules.is_programme_office

# Live figures of a round that is still open: officials and groups. Others read what was told.
reads_live_figures = group_rules.reads_approved_work


rules.add_perm("reporting.compose_report", may_compose_reports)
