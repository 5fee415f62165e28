"""Relations between chosen mentions: those that nesting implies, apposition, and the sign words of the labelling guide."""
