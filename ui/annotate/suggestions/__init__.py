"""Suggestions in the window: where they come from, how they are walked, confirmed, corrected and refused."""
