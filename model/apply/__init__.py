"""How each kind of change becomes rows: mirrors ``annotations.changes``."""
