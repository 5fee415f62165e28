"""Jobs that both faces start: import, export, preview, demo, backup, check. No Qt here.

A job runs in the caller's thread, tells how far it is, and leaves nothing half done when it is cancelled.
"""
