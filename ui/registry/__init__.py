"""The registry in the window: linking mentions, entries and posts with their evidence."""
