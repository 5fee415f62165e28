"""The workspace in which one annotator labels one report."""
