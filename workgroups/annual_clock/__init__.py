"""The annual clock as people see it: a year, its strip and its list, whose deadlines, moves and the feed."""
