"""What a person's gesture means as a change: plain functions without Qt, from what is shown and selected to a change."""
