"""Rows of the sheets Agreement and Confusion."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.agreement import Agreement, Compared, Figure
from exports.xlsx.sheet import Cell


def agreement_rows(found: Agreement) -> Iterator[list[Cell]]:
    """Figures of each pair, by label and by relation type; then those of all together."""
    for pair in found.pairs:
        who = " – ".join(pair.annotators)
        yield _compared(who, "entities, F1 exact", pair.entities)
        for label, compared in pair.by_label.items():
            yield _compared(who, f"  {label}", compared)
        yield _compared(who, "relations, F1", pair.relations)
        for label, compared in pair.by_type.items():
            yield _compared(who, f"  {label}", compared)
        yield _figure(who, "relation type given the same ends", pair.type_given_ends)
        yield _figure(who, "Cohen's kappa on words", pair.kappa)
    everybody = ", ".join(found.annotators)
    for name, figure in (
        ("Krippendorff's alpha on words", found.alpha),
        ("Krippendorff's alpha_U on spans", found.alpha_u),
        ("Fleiss' kappa on words", found.fleiss),
    ):
        yield _figure(everybody, name, figure)


def confusion_rows(found: Agreement) -> Iterator[list[Cell]]:
    """How often which labels meet, most often first; an empty label stands for no such mention."""
    for pair in found.pairs:
        for (first, second), count in sorted(pair.confusion.items(), key=lambda item: (-item[1], item[0])):
            if first != second:
                yield [*pair.annotators, first or "–", second or "–", count]


def _compared(who: str, what: str, compared: Compared) -> list[Cell]:
    row = _figure(who, what, compared.f1)
    row[5:8] = [compared.both, compared.only_a, compared.only_b]
    return row


def _figure(who: str, what: str, figure: Figure) -> list[Cell]:
    values: list[Cell] = [None if one is None else round(one, 4) for one in (figure.value, figure.low, figure.high)]
    why = figure.reason or figure.interval_reason
    return [who, what, *values, None, None, None, figure.used, figure.total, why]
