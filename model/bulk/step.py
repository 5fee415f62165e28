"""One step of an import: some records, decided and written in one transaction."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, select, text

from annotations.corpus import ImportedRecord
from annotations.errors import Refused
from annotations.offsets import NormalForm
from annotations.report import Entity, Relation, Status, new_id
from model.annotators import annotator_row
from model.apply.locked import refuse_locked
from model.bulk import rows
from model.bulk.known import Known, KnownReport
from model.bulk.result import Taken
from model.engines import door
from model.queries.labels import labels_of_sets
from model.schema_rows import StoredSchema
from model.tables import TextRow


class Step:
    """Collects rows for the records it takes; ``write`` inserts them."""

    def __init__(
        self,
        connection: Connection,
        action: int,
        stored: StoredSchema,
        known: Known,
        default_annotator: str | None,
        replace: bool,
    ) -> None:
        self._connection, self._action, self._stored, self._known = connection, action, stored, known
        self._default, self._replace = default_annotator, replace
        self._annotators: dict[str, int] = {}
        tables = ("report", "report_text", "annotation_set", "entity", "relation")
        self._next = {table: _next_key(connection, table) for table in tables}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in tables}

    def take(self, record: ImportedRecord, form_hash: str) -> Taken:
        """Decide what a record is and collect its rows. Raises ``Refused``; the step is then of no use."""
        if record.has_labels:
            rows.check_labels(record, len(record.report.text), self._stored)
        annotator = self._annotator_of(record)
        taken = Taken(left_out=record.left_out)
        report = self._find(record, form_hash)
        if report is None:
            report = self._add_report(record, form_hash, taken)
        elif not record.has_labels:
            taken.known = True
        if record.has_labels:
            self._add_labels(record, report, annotator, taken)
        return taken

    def write(self) -> None:
        """Insert everything that was collected."""
        columns = {
            "report": rows.REPORT,
            "report_text": rows.TEXT,
            "annotation_set": rows.SET,
            "entity": rows.ENTITY,
            "relation": rows.RELATION,
        }
        for table, names in columns.items():
            door(self._connection).insert_many(self._connection, table, names, self._rows[table])

    def _annotator_of(self, record: ImportedRecord) -> int | None:
        """Row key of whose labels these are; None for the adjudicated ones."""
        if not record.has_labels or record.adjudicated:
            return None
        name = record.annotator or self._default
        if not name:
            raise Refused(
                "The labels do not say whose they are. Nothing of the file was taken; name the annotator (--annotator NAME)."
            )
        if name not in self._annotators:
            self._annotators[name] = annotator_row(self._connection, name)
        return self._annotators[name]

    def _find(self, record: ImportedRecord, form_hash: str) -> KnownReport | None:
        by_id = self._known.by_id.get(record.report.id) if record.report.id else None
        if by_id is not None and by_id.form_hash != form_hash:
            raise Refused(
                "The report id {id} belongs to another text in the project ({name}). Nothing of the file was taken.",
                id=record.report.id,
                name=by_id.name,
            )
        return by_id or self._known.by_form.get(form_hash)

    def _key(self, table: str, count: int = 1) -> int:
        key = self._next[table]
        self._next[table] += count
        return key

    def _add_report(self, record: ImportedRecord, form_hash: str, taken: Taken) -> KnownReport:
        from dataclasses import replace

        report = record.report if record.report.id else replace(record.report, id=new_id())
        name = self._known.free_name(report.name)
        if name != report.name:
            taken.renamed = (report.name, name)
        key, text_key = self._key("report"), self._key("report_text")
        stored_hash = hashlib.sha256(report.text.encode()).hexdigest()
        self._rows["report"].append(rows.report_row(key, report, name, self._action))
        self._rows["report_text"].append(
            (text_key, key, 1, len(report.text), record.source_hash or stored_hash, stored_hash, form_hash, report.text)
        )
        taken.new_report = key
        known = KnownReport(key, text_key, report.id, name, form_hash, new=True)
        self._known.add(known)
        return known

    def _add_labels(self, record: ImportedRecord, report: KnownReport, annotator: int | None, taken: Taken) -> None:
        entities = record.entities if report.new else self._moved(record, report)
        there = report.sets.get(annotator)
        if there is not None:
            if self._same(there, entities, record.relations):
                taken.unchanged = True
                return
            if not self._replace or report.new:
                raise Refused(
                    "{name} has other labels of this annotator already. Nothing of the file was taken; "
                    "import with --replace to put these in their place.",
                    name=report.name,
                )
            taken.replaced = there
        if not report.new:
            refuse_locked(self._connection, report.key, annotator)
        key = self._key("annotation_set")
        status = record.status or Status.IN_PROGRESS
        self._rows["annotation_set"].append(
            (
                key,
                report.key,
                report.text,
                annotator,
                status.value,
                self._stored.schema.version,
                1,
                self._action,
                self._action,
            )
        )
        first_entity = self._key("entity", len(entities))
        first_relation = self._key("relation", len(record.relations))
        self._rows["entity"] += rows.entity_rows(entities, first_entity, key, self._stored, self._action)
        self._rows["relation"] += rows.relation_rows(
            record, first_relation, first_entity, key, self._stored, self._action
        )
        report.sets[annotator] = key
        taken.new_set = key
        taken.labelled_report = None if report.new else report.key
        taken.entities, taken.relations = len(entities), len(record.relations)

    def _moved(self, record: ImportedRecord, report: KnownReport) -> tuple[Entity, ...]:
        """The entities with offsets in the stored text, which may have another normal form."""
        content = self._connection.execute(select(TextRow.content).where(TextRow.id == report.text)).scalar()
        if content is None or content == record.report.text:
            return record.entities
        ours, theirs = NormalForm(content), NormalForm(record.report.text)
        return rows.moved(record.entities, lambda offset: ours.from_form(theirs.to_form(offset)))

    def _same(self, set_key: int, entities: tuple[Entity, ...], relations: tuple[Relation, ...]) -> bool:
        """Whether a set holds just these labels, whatever their ids."""
        pending = [row for row in self._rows["annotation_set"] if row[0] == set_key]
        if pending:
            return False
        stored = labels_of_sets(self._connection, [set_key], self._stored.names)[set_key]
        return _content(*stored) == _content(entities, relations)


def _content(entities: tuple[Entity, ...], relations: tuple[Relation, ...]) -> tuple[list[Any], list[Any]]:
    """What labels say, without their ids, in a fixed order."""
    keys = {
        entity.id: (
            entity.label,
            entity.spans,
            sorted(entity.attributes.items()),
            entity.note or "",
            entity.entry or "",
        )
        for entity in entities
    }
    pairs = [
        (
            relation.type,
            keys[relation.source],
            keys[relation.target],
            sorted(relation.attributes.items()),
            relation.note or "",
        )
        for relation in relations
    ]
    return sorted(keys.values()), sorted(pairs)


def _next_key(connection: Connection, table: str) -> int:
    """The first free key; the write lock keeps others from taking it."""
    return int(connection.execute(text(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')).scalar_one())
