"""The queue of reports: the list with its filters and progress, search, metadata of several reports at once."""
