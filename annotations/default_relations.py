"""The relation types of the default schema, in the order of the labelling guide's section 2.

Colours: Paul Tol's muted palette, then his bright one.
"""

from __future__ import annotations

from annotations.schema import ANY, RelationType

RELATION_TYPES = (
    RelationType(
        name="holds_title",
        names={"vi": "giữ chức", "en": "holds title"},
        sources=("OFFICIAL",),
        targets=("TITLE",),
        colour="#332288",
        description="Apposition: X, T1, T2 or T X.",
    ),
    RelationType(
        name="title_at",
        names={"vi": "chức danh tại", "en": "title at"},
        sources=("TITLE",),
        targets=("ORG",),
        colour="#88CCEE",
        description="The body inside the title.",
    ),
    RelationType(
        name="chairs",
        names={"vi": "chủ trì", "en": "chairs"},
        sources=("OFFICIAL", "TITLE", "ORG"),
        targets=("MEETING",),
        colour="#117733",
        description="chủ trì.",
    ),
    RelationType(
        name="speaks_at",
        names={"vi": "phát biểu tại", "en": "speaks at"},
        sources=("OFFICIAL", "TITLE"),
        targets=("MEETING",),
        colour="#44AA99",
        description="phát biểu (kết luận, tại).",
    ),
    RelationType(
        name="attends",
        names={"vi": "dự", "en": "attends"},
        sources=("OFFICIAL", "TITLE", "ORG"),
        targets=("MEETING",),
        colour="#999933",
        description="dự, tham dự, thảo luận tại.",
    ),
    RelationType(
        name="convenes",
        names={"vi": "tổ chức họp", "en": "convenes"},
        sources=("ORG",),
        targets=("MEETING",),
        colour="#DDCC77",
        description="tổ chức, tiếp tục (phiên họp); M của O; O inside M's name.",
    ),
    RelationType(
        name="held_on",
        names={"vi": "diễn ra ngày", "en": "held on"},
        sources=("MEETING",),
        targets=("DATE",),
        colour="#CC6677",
        description="The meeting's own day.",
    ),
    RelationType(
        name="issues",
        names={"vi": "ban hành", "en": "issues"},
        sources=("ORG", "TITLE", "OFFICIAL", "MEETING"),
        targets=("RESOLUTION",),
        colour="#882255",
        description="R của O; ban hành, thống nhất xây dựng; body or congress inside R's name.",
    ),
    RelationType(
        name="implements",
        names={"vi": "thực hiện", "en": "implements"},
        sources=("RESOLUTION",),
        targets=("RESOLUTION",),
        colour="#AA4499",
        description="R1 thực hiện R2.",
    ),
    RelationType(
        name="amends",
        names={"vi": "sửa đổi, bổ sung", "en": "amends"},
        sources=("RESOLUTION",),
        targets=("RESOLUTION",),
        colour="#4477AA",
        description="sửa đổi, bổ sung, thay thế.",
    ),
    RelationType(
        name="applies_to",
        names={"vi": "áp dụng cho", "en": "applies to"},
        sources=("RESOLUTION",),
        targets=("DATE", "PLACE"),
        colour="#EE6677",
        description="Period or place inside R's name.",
    ),
    RelationType(
        name="of_term",
        names={"vi": "thuộc khóa", "en": "of term"},
        sources=("ORG", "TITLE", "MEETING", "RESOLUTION"),
        targets=("TERM",),
        colour="#228833",
        description="The smallest mention ending directly before the term; "
        "else the smallest meeting or resolution that contains it.",
    ),
    RelationType(
        name="part_of",
        names={"vi": "thuộc", "en": "part of"},
        sources=("ORG",),
        targets=("ORG",),
        colour="#CCBB44",
        description="Stated: A - B, A thuộc B.",
    ),
    RelationType(
        name="located_in",
        names={"vi": "ở tại", "en": "located in"},
        sources=("ORG", "PLACE", "MEETING"),
        targets=("PLACE",),
        colour="#66CCEE",
        description="Place inside the name; tại, ở.",
    ),
    RelationType(
        name="alias_of",
        names={"vi": "viết tắt của", "en": "alias of"},
        sources=(ANY,),
        targets=(ANY,),
        same_label=True,
        colour="#AA3377",
        description="Abbreviation → full form.",
    ),
)
"""Typed pairs; both ends stand in the same sentence."""
