"""Who may what of the strategy: the programme office keeps it; everybody reads it."""

import rules

from programme import rules as programme_rules

rules.add_perm("priorities.renew_strategy", programme_rules.is_programme_office)
