"""Measured figures as rows of cells: each with its interval, on how many reports it rests, or why it is undefined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from annotations.agreement import Agreement, Compared, Figure, Match, PairAgreement, Selector, Shared
from ui.jobs.overview import Measured, Pair, Question, What
from ui.overview.cells import Cell, Row
from ui.words import tr

Shown = Callable[[str], str]
"""The name of a label as people see it."""
Table = tuple[Sequence[str], Sequence[Row]]
"""Titles and rows."""
EXACT = Selector()


def matches() -> dict[Match, str]:
    """The ways to match, in words."""
    return {
        Match.EXACT: tr("exact"),
        Match.OVERLAP: tr("overlap"),
        Match.BOUNDARY: tr("boundary, any label"),
        Match.TYPE: tr("type, any overlap"),
    }


def pair_name(pair: Pair) -> str:
    """The two annotators in words."""
    return f"{pair[0]} – {pair[1]}"


def figure_table(agreement: Agreement, pairs: Sequence[Pair]) -> Table:
    """Every figure of the pairs, and then those of all annotators together."""
    rows = [row for pair in _chosen(agreement, pairs) for row in _pair_rows(agreement, pair)]
    everybody = tuple(pair.annotators for pair in agreement.pairs)
    for name, figure in (
        (tr("Fleiss’ κ (words)"), agreement.fleiss),
        (tr("Krippendorff’s α (words)"), agreement.alpha),
        (tr("Krippendorff’s α_U (spans)"), agreement.alpha_u),
        (tr("γ (spans)"), agreement.gamma),
    ):
        question = Question(name, everybody, EXACT)
        rows.append(_row(tr("all"), name, figure, None, question))
    return _titles(), rows


def _titles() -> tuple[str, ...]:
    return (
        tr("Annotators"),
        tr("Figure"),
        tr("Value"),
        tr("95 % interval"),
        tr("Reports"),
        tr("Note"),
        tr("Both"),
        tr("First only"),
        tr("Second only"),
    )


def _pair_rows(agreement: Agreement, pair: PairAgreement) -> Iterator[Row]:
    who, one = pair_name(pair.annotators), (pair.annotators,)
    words = matches()
    for match in Match:
        selector = next((each for each in (agreement.selector, *pair.also) if each.match is match), None)
        if selector is None:
            continue
        name = tr("F1 of entities, {match}", match=words[match])
        if match is Match.OVERLAP:
            name += f" ≥ {int(100 * selector.threshold)} %"
        chosen = selector == agreement.selector
        figure = pair.entities.f1 if chosen else pair.also[selector]
        question = Question(f"{who}: {name}", one, selector)
        yield _row(who, name, figure, pair.entities if chosen else None, question)
    relations = Question(f"{who}: {tr('relations')}", one, agreement.selector, What.RELATIONS)
    name = tr("F1 of relations, ends {match}", match=words[agreement.selector.match])
    yield _row(who, name, pair.relations.f1, pair.relations, relations)
    name = tr("Type of relations whose ends match ({count})", count=pair.same_ends)
    yield _row(who, name, pair.type_given_ends, None, relations)
    kappa = Question(f"{who}: κ", one, EXACT)
    yield _row(who, tr("Cohen’s κ (words)"), pair.kappa, None, kappa)


def _row(who: str, name: str, figure: Figure, counts: Compared | None, question: Question) -> Row:
    numbers = (counts.both, counts.only_a, counts.only_b) if counts else (None, None, None)
    cells = [
        Cell(who),
        Cell(name),
        Cell(value(figure), _order(figure.value)),
        Cell(interval(figure), _order(figure.low)),
        Cell(f"{figure.used:n} / {figure.total:n}", figure.used),
        Cell(note(figure)),
        *(Cell("" if number is None else f"{number:n}", -1 if number is None else number) for number in numbers),
    ]
    return [_behind(cell, question) for cell in cells]


def _behind(cell: Cell, question: Question) -> Cell:
    return Cell(cell.text, cell.order, cell.tip, question, cell.share)


def value(figure: Figure) -> str:
    """The value, or a dash."""
    return "–" if figure.value is None else f"{figure.value:.3f}"


def interval(figure: Figure) -> str:
    """The interval, or a dash."""
    return "–" if figure.low is None or figure.high is None else f"{figure.low:.3f} – {figure.high:.3f}"


def note(figure: Figure) -> str:
    """Why there is no value, or no interval."""
    if figure.value is None:
        return tr(figure.reason)
    return tr(figure.interval_reason) if figure.low is None else ""


def _order(number: float | None) -> float:
    return -1.0 if number is None else number


def _chosen(agreement: Agreement, pairs: Sequence[Pair]) -> list[PairAgreement]:
    return [pair for pair in agreement.pairs if pair.annotators in pairs]


# matrix of pairs


def matrix_table(agreement: Agreement, kind: str) -> Table:
    """One row and one column for each annotator; ``kind`` is ``entities``, ``relations`` or ``kappa``."""
    names = agreement.annotators
    by_pair = {pair.annotators: pair for pair in agreement.pairs}
    rows: list[Row] = []
    for one in names:
        cells = [Cell(one)]
        for other in names:
            pair = by_pair.get((one, other)) or by_pair.get((other, one))
            cells.append(Cell("", -1) if pair is None else _matrix_cell(agreement, pair, kind))
        rows.append(cells)
    return (tr("Annotator"), *names), rows


def _matrix_cell(agreement: Agreement, pair: PairAgreement, kind: str) -> Cell:
    figure = {"entities": pair.entities.f1, "relations": pair.relations.f1, "kappa": pair.kappa}[kind]
    what = What.RELATIONS if kind == "relations" else What.ENTITIES
    selector = EXACT if kind == "kappa" else agreement.selector
    question = Question(pair_name(pair.annotators), (pair.annotators,), selector, what)
    text = value(figure) if figure.low is None else f"{value(figure)}  ({interval(figure)})"
    used = tr("{used} of {total} reports", used=figure.used, total=figure.total)
    tip = "\n".join(part for part in (pair_name(pair.annotators), text, used, note(figure)) if part)
    return Cell(text, _order(figure.value), tip, question, figure.value)


# by label and by relation type


def by_name_table(agreement: Agreement, pairs: Sequence[Pair], what: What, shown: Shown) -> Table:
    """One row for each label (or relation type) and pair."""
    rows: list[Row] = []
    for pair in _chosen(agreement, pairs):
        compared: Mapping[str, Compared] = pair.by_type if what is What.RELATIONS else pair.by_label
        for label, one in compared.items():
            name = f"{pair_name(pair.annotators)}: {shown(label)}"
            question = Question(name, (pair.annotators,), agreement.selector, what, label)
            row = list(_row(pair_name(pair.annotators), shown(label), one.f1, one, question))
            if what is What.ENTITIES:
                unitized = agreement.alpha_u_by_label.get(label)
                row.insert(
                    6, _behind(Cell(value(unitized), _order(unitized.value)) if unitized else Cell("–"), question)
                )
            rows.append(row)
    titles = list(_titles())
    titles[1] = tr("Relation type") if what is What.RELATIONS else tr("Label")
    titles[2] = "F1"
    if what is What.ENTITIES:
        titles.insert(6, tr("α_U of all"))
    return titles, rows


# by report


def report_table(measured: Measured, pairs: Sequence[Pair], selector: Selector) -> Table:
    """One row for each report that a pair finished, the least agreement first."""
    titles = (
        tr("Report"),
        tr("Date"),
        tr("F1 of entities"),
        tr("Both"),
        tr("One only"),
        tr("F1 of relations"),
        tr("Annotators"),
    )
    rows: list[tuple[float, Row]] = []
    for _when, report in measured.reports:
        here = [pair for pair in report.entities if pair in pairs]
        if not here:
            continue
        entities = sum((report.entities[pair] for pair in here), Shared())
        relations = sum((report.relations[pair] for pair in here), Shared())
        who = sorted({name for pair in here for name in pair})
        about = (report.report_id,)
        question = Question(report.report_name, tuple(here), selector, report_ids=about)
        of_relations = Question(report.report_name, tuple(here), selector, What.RELATIONS, report_ids=about)
        order = _order(entities.f1)
        cells = [
            Cell(report.report_name),
            Cell(report.date),
            Cell(_f1(entities), order, share=entities.f1),
            Cell(f"{entities.both:n}", entities.both),
            Cell(f"{entities.only_a + entities.only_b:n}", entities.only_a + entities.only_b),
            Cell(_f1(relations), _order(relations.f1)),
            Cell(", ".join(who)),
        ]
        behind = [question] * 5 + [of_relations, question]
        rows.append((order, [_behind(cell, one) for cell, one in zip(cells, behind, strict=True)]))
    rows.sort(key=lambda row: row[0])
    return titles, [row for _, row in rows]


def _f1(shared: Shared) -> str:
    return "–" if shared.f1 is None else f"{shared.f1:.3f}"


# confusion


def confusion_table(agreement: Agreement, pairs: Sequence[Pair], shown: Shown) -> Table:
    """Rows: labels of the first annotator; columns: those the second gave the same mentions. Empty: no such mention."""
    chosen = _chosen(agreement, pairs)
    counts: dict[tuple[str, str], int] = {}
    for pair in chosen:
        for labels, count in pair.confusion.items():
            counts[labels] = counts.get(labels, 0) + count
    names = sorted({label for labels in counts for label in labels if label})
    names += [""] if any("" in labels for labels in counts) else []
    first, second = chosen[0].annotators if len(chosen) == 1 else (tr("one"), tr("the other"))
    columns = [shown(name) if name else tr("nothing") for name in names]
    largest = max((count for (one, other), count in counts.items() if one != other), default=1)
    everybody = tuple(pair.annotators for pair in chosen)
    rows: list[Row] = []
    for one in names:
        cells = [Cell(shown(one) if one else tr("nothing"))]
        for other in names:
            count = counts.get((one, other), 0)
            name = f"{shown(one) if one else tr('nothing')} / {shown(other) if other else tr('nothing')}"
            question = Question(name, everybody, EXACT, What.CONFUSION, labels=(one, other)) if count else None
            share = count / largest if one != other and count else None
            tip = tr("{first}: {name}: {count}", first=f"{first} / {second}", name=name, count=count)
            cells.append(Cell(f"{count:n}" if count else "·", count, tip, question, share))
        rows.append(cells)
    return (f"{first} ↓  {second} →", *columns), rows
