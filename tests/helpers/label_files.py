"""Native JSON lines made for tests: small ones by hand, large ones by number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = "Sáng 26/4, Ban Thường vụ Tỉnh uỷ họp. Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì Hội nghị Tỉnh uỷ."


def entity(entity_id: str, label: str, words: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """An entity at the first place of ``words`` in ``text``."""
    start = text.index(words)
    return {"id": entity_id, "label": label, "start": start, "end": start + len(words), **more}


def record(name: str = "a.txt", annotator: str | None = "lan", text: str = TEXT, **more: Any) -> dict[str, Any]:
    """A record with an official who holds a title; ``more`` replaces any of its values."""
    made: dict[str, Any] = {
        "id": f"id-{name}",
        "name": name,
        "text": text,
        "entities": [entity("e1", "OFFICIAL", "Lê Thị Thủy", text), entity("e2", "TITLE", "Bí thư Tỉnh ủy", text)],
        "relations": [{"id": "r1", "type": "holds_title", "source": "e1", "target": "e2"}],
        **({"annotator": annotator} if annotator else {}),
        **more,
    }
    return made


def write_records(path: Path, *records: dict[str, Any]) -> Path:
    """A file of records."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


def write_corpus(path: Path, reports: int, entities: int, relations: int, annotator: str | None = "lan") -> Path:
    """A file of ``reports`` different reports of 6,000 characters or more, with so many labels each.

    Entities stand on successive words; relations join neighbours (``entities`` is even).
    """
    sentence = "Đồng chí Lê Thị Thủy, Bí thư Tỉnh ủy, chủ trì hội nghị về công tác xây dựng Đảng năm 2021. "
    body = sentence * (6_000 // len(sentence) + 1)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(reports):
            text = f"Hội nghị lần thứ {number:06}\n\n{body}"
            file.write(json.dumps(_numbered(number, text, entities, relations, annotator), ensure_ascii=False) + "\n")
    return path


def _numbered(number: int, text: str, entities: int, relations: int, annotator: str | None) -> dict[str, Any]:
    spans = [(40 * place, 40 * place + 11) for place in range(entities)]
    return {
        "id": f"report-{number}",
        "name": f"{number:06}.txt",
        "title": f"Hội nghị lần thứ {number:06}",
        "date": "2021-04-29",
        "source": "Báo Hà Nam",
        "locality": "Hà Nam",
        "text": text,
        **({"annotator": annotator, "status": "done"} if annotator else {}),
        "entities": [
            {
                "id": f"e{place}",
                "label": ("OFFICIAL", "TITLE")[place % 2],
                "start": start,
                "end": end,
                "text": text[start:end],
                "attributes": {"canonical": "Lê Thị Thủy"} if place % 3 == 0 else {},
                "note": None,
                "entry": None,
                "origin": "manual",
            }
            for place, (start, end) in enumerate(spans)
        ],
        "relations": [
            {
                "id": f"r{place}",
                "type": "holds_title",
                "source": f"e{2 * place % entities}",
                "target": f"e{(2 * place + 1 + 2 * (2 * place // entities)) % entities}",
                "attributes": {},
                "note": None,
                "origin": "manual",
            }
            for place in range(relations)
        ],
    }
