"""Values of indicators: entered by a group or the office, accepted by the group's chair."""
