"""Alembic migrations of the project file; new projects are made at the newest one."""
