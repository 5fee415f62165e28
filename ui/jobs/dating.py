"""What a report's text tells of its date, source and place."""

from __future__ import annotations

from dataclasses import replace

from annotations.report import Report


def dated(report: Report) -> Report:
    """The report with date, source and locality that its text tells, where they are unknown."""
    if report.date and report.locality:
        return report
    from exports.plain import recognise

    told = recognise(report.text, report.name)
    return replace(
        report,
        title=report.title or told.title,
        date=report.date or told.date,
        source=report.source or told.source,
        locality=report.locality or told.locality,
    )
