"""Dialogs for what comes in and goes out, and for the label schema."""
