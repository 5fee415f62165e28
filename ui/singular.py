"""English sentences for a count of one. Vietnamese has one form for all."""

from __future__ import annotations

SINGULAR = {
    "Accept {count} unanimous labels": "Accept {count} unanimous label",
    "Compared {count} labelled reports.": "Compared {count} labelled report.",
    "Confirm {count} suggestions": "Confirm {count} suggestion",
    "Decide {count} conflicts": "Decide {count} conflict",
    "Decide {count} conflicts by majority": "Decide {count} conflict by majority",
    "Decide {count} conflicts by threshold": "Decide {count} conflict by threshold",
    "Edit {names} of {count} reports": "Edit {names} of {count} report",
    "Hand out {count} reports to {names}": "Hand out {count} report to {names}",
    "Handed out: {count} assignments.": "Handed out: {count} assignment.",
    "Import {count} files": "Import {count} file",
    "Label {count} occurrences as {label}": "Label {count} occurrence as {label}",
    "Mark {count} reports as {status}": "Mark {count} report as {status}",
    "Reject {count} suggestions": "Reject {count} suggestion",
    "Repair {count} places": "Repair {count} place",
    "Set in {count} selected rows:": "Set in {count} selected row:",
    "Take back {count} decisions": "Take back {count} decision",
    "Take back {count} reports from {names}": "Take back {count} report from {names}",
    "The index {index} does not match its table ({count} places).": (
        "The index {index} does not match its table ({count} place)."
    ),
    "The label {label} is used {count} times. Nothing was changed; relabel or delete these first.": (
        "The label {label} is used {count} time. Nothing was changed; relabel or delete that first."
    ),
    "There is nothing to link here that is sure. {count} mentions are open.": (
        "There is nothing to link here that is sure. {count} mention is open."
    ),
    "This takes back your {count} later actions, {elsewhere} of them in other reports. Redo brings them back.": (
        "This takes back your {count} later action, {elsewhere} of them in other reports. Redo brings it back."
    ),
    "{count} actions taken back. Redo brings them back.": "{count} action taken back. Redo brings it back.",
    "{count} changes are not saved yet: {problem}": "{count} change is not saved yet: {problem}",
    "{count} entities selected": "{count} entity selected",
    "{count} entries. Enter opens a mention in its report.": "{count} entry. Enter opens a mention in its report.",
    "{count} occurrences of “{text}” labelled.": "{count} occurrence of “{text}” labelled.",
    "{count} references lead to rows of the table {parent} that are gone.": (
        "{count} reference leads to a row of the table {parent} that is gone."
    ),
    "{count} reports": "{count} report",
    "{count} reports are handed out anew; nothing is taken from anybody.": (
        "{count} report is handed out anew; nothing is taken from anybody."
    ),
    "{count} reports are handed out to {names}.": "{count} report is handed out to {names}.",
    "{count} reports for you": "{count} report for you",
    "{count} reports hold “{words}”": "{count} report holds “{words}”",
    "{count} reports removed with their labels.": "{count} report removed with its labels.",
    "{count} suggestions confirmed.": "{count} suggestion confirmed.",
    "{count} suggestions — Tab next, F3 other": "{count} suggestion — Tab next, F3 other",
    "Lock {count} reports of {names}": "Lock {count} report of {names}",
    "Reopen {count} reports of {names}": "Reopen {count} report of {names}",
    "Make {count} reports blind for {names}": "Make {count} report blind for {names}",
    "End blind work on {count} reports of {names}": "End blind work on {count} report of {names}",
    "{count} reports were handed out to you.": "{count} report was handed out to you.",
    "Others changed {count} reports.": "Others changed {count} report.",
    "{count} places": "{count} place",
    "{count} places, {shared} in both": "{count} place, {shared} in both",
    "{when}: F1 {f1}, {count} reports": "{when}: F1 {f1}, {count} report",
    "{path} is damaged in {count} places that cannot be mended; restore a backup.": (
        "{path} is damaged in {count} place that cannot be mended; restore a backup."
    ),
    "{path} is damaged in {count} places. Nothing was changed; “chugiai check {path} --repair” mends what it can.": (
        "{path} is damaged in {count} place. Nothing was changed; “chugiai check {path} --repair” mends what it can."
    ),
}
"""What is said of many → what is said when ``{count}`` is 1."""
