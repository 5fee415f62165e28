"""Work that both faces start: import, export, check…, with progress and cancel; no Qt."""
