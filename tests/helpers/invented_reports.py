"""Invented, labelled reports by the dozen, from patterns of which the rules know some and others not.

A pattern marks mentions as ``{LABEL#name|words}``, nested where they nest; ``relations`` name their ends.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.report import Entity, Relation, Report

_SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"]
_MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Quang", "Thanh", "Hữu", "Xuân", "Kim"]
_GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Hà",
    "Hải",
    "Hoa",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
    "Tú",
    "Uyên",
    "Việt",
    "Yến",
]
_PLACES = [
    "Lam Giang",
    "Kim Sơn",
    "Đông Khê",
    "Phú Lộc Hạ",
    "Tân Hòa Thượng",
    "Vĩnh Trạch",
    "Mỹ Cát",
    "Hồng Lĩnh Tây",
    "An Phú Đông",
]
_THINGS = [
    "Sen Hồng",
    "Hoa Mai",
    "Sông Lam",
    "Cánh Diều",
    "Trúc Xanh",
    "Mây Trắng",
    "Ban Mai",
    "Đồng Xanh",
    "Gió Mới",
    "Nắng Vàng",
]
_CIRCLES = ["Câu lạc bộ", "Hội quán", "Tổ hợp tác", "Nhóm thiện nguyện", "Đội trống", "Phường hát"]
_FEASTS = ["Ngày hội", "Phiên chợ", "Đêm thơ", "Tuần lễ", "Cuộc thi"]
_SITES = ["làng nghề", "bến đò", "đình", "chợ"]


@dataclass(frozen=True)
class Pattern:
    """A sentence, and ``(source, type, target)`` by the names of its mentions."""

    words: str
    relations: tuple[tuple[str, str, str], ...] = ()


_PATTERNS = (
    Pattern(
        "{DATE#d|Sáng ngày <day>/<month>}, {ORG#o|Tỉnh ủy} tổ chức {MEETING#m|hội nghị lần thứ <number>}.",
        (("o", "convenes", "m"), ("m", "held_on", "d")),
    ),
    Pattern(
        "Đồng chí {OFFICIAL#p|<name>}, {TITLE#t|Bí thư {ORG#o|Tỉnh ủy}} chủ trì {MEETING#m|hội nghị}.",
        (("p", "holds_title", "t"), ("t", "title_at", "o"), ("p", "chairs", "m")),
    ),
    Pattern("Hội nghị thông qua {RESOLUTION|Nghị quyết số <number>-NQ/TU} về phát triển kinh tế."),
    Pattern(
        "{ORG#o|<circle> <thing>} mở {MEETING#m|<feast> <thing>} tại {PLACE#l|<site> <place>}.",
        (("o", "convenes", "m"), ("m", "located_in", "l")),
    ),
    Pattern(
        "Nghệ nhân {OFFICIAL#p|<name>} dẫn dắt {ORG#o|<circle> <thing>} từ {DATE|năm <year>}.",
    ),
    Pattern(
        "Góp mặt ở {MEETING#m|<feast> <thing>} có {OFFICIAL#p|<name>} và {OFFICIAL#q|<name>}.",
        (("p", "attends", "m"), ("q", "attends", "m")),
    ),
    Pattern("Bà con {PLACE|<site> <place>} đón {OFFICIAL|<name>} cùng {ORG|<circle> <thing>}."),
    Pattern("Mọi người mong mùa màng tốt tươi và đường sá được sửa sang."),
    Pattern(
        "{ORG#o|<circle> <thing>} bắt tay với {ORG#r|<circle> <thing>} ở {PLACE|<site> <place>}.",
    ),
)
_OPEN = re.compile(r"\{([A-Z]+)(?:#(\w+))?\|")


def invented(
    count: int, seed: int = 1, sentences: int = 14
) -> Iterator[tuple[Report, tuple[Entity, ...], tuple[Relation, ...]]]:
    """``count`` reports of so many sentences; the same seed gives the same reports."""
    chance = random.Random(seed)
    for number in range(count):
        text, entities, relations = "", [], []
        for at in range(sentences):
            pattern = chance.choice(_PATTERNS)
            words, marked, ends = _read(_filled(pattern.words, chance), f"{at}.")
            start = len(text) + (len(words) > 0 and bool(text))
            text = f"{text}\n{words}" if text else words
            entities += [Entity(one.id, one.label, one.start + start, one.end + start) for one in marked]
            relations += [
                Relation(f"r{at}.{source}.{kind}.{target}", kind, ends[source], ends[target])
                for source, kind, target in pattern.relations
            ]
        report = Report(f"i{seed}-{number}", f"i{seed}-{number}.txt", text, date="2023-04-07", locality="Lam Giang")
        yield report, tuple(entities), tuple(relations)


def _filled(words: str, chance: random.Random) -> str:
    fillers = {
        "day": lambda: str(chance.randint(1, 28)),
        "month": lambda: str(chance.randint(1, 4)),
        "year": lambda: str(chance.randint(2001, 2022)),
        "number": lambda: str(chance.randint(2, 40)),
        "name": lambda: " ".join(chance.choice(part) for part in (_SURNAMES, _MIDDLES, _GIVEN)),
        "place": lambda: chance.choice(_PLACES),
        "thing": lambda: chance.choice(_THINGS),
        "circle": lambda: chance.choice(_CIRCLES),
        "feast": lambda: chance.choice(_FEASTS),
        "site": lambda: chance.choice(_SITES),
    }
    return re.sub(r"<(\w+)>", lambda match: fillers[match[1]](), words)


def _read(marked: str, prefix: str) -> tuple[str, list[Entity], dict[str, str]]:
    """Plain words, entities and the ids of the named ones."""
    plain, found, ends = "", [], {}
    opened: list[tuple[str, str, int]] = []
    at = 0
    while at < len(marked):
        if match := _OPEN.match(marked, at):
            opened.append((match[1], match[2] or "", len(plain)))
            at = match.end()
        elif marked[at] == "}":
            label, name, start = opened.pop()
            entity = Entity(f"e{prefix}{len(found)}", label, start, len(plain))
            found.append(entity)
            ends[name] = entity.id
            at += 1
        else:
            plain += marked[at]
            at += 1
    return plain, found, ends
