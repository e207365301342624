"""A year’s annual targets on their way from the first draft to the decision."""
