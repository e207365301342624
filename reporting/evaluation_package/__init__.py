"""What an evaluator of the programme needs, in one file: at mid-term, and when the programme ends."""
