"""The sign words of the labelling guide, section 2, and the terms of 4.8."""

from __future__ import annotations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Report
from annotations.suggest import suggest


def related(text: str, kind: str) -> list[tuple[str, str]]:
    """Words of source and target of every suggested relation of a type."""
    suggestions = suggest(Report("r", "r.txt", text, date="2021-04-29", locality="Hà Nam"), DEFAULT_SCHEMA)
    words = {entity.id: entity.surface(text) for entity in suggestions.entities}
    return [(words[link.source], words[link.target]) for link in suggestions.relations if link.type == kind]


@pytest.mark.parametrize(
    ("kind", "text", "pairs"),
    [
        (
            "holds_title",
            "Đồng chí Lê Thị Thủy, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy chủ trì hội nghị.",
            [("Lê Thị Thủy", "Ủy viên Trung ương Đảng"), ("Lê Thị Thủy", "Bí thư Tỉnh ủy")],
        ),
        ("holds_title", "đồng chí Bí thư Tỉnh ủy Đoàn Hồng Phong khẳng định", [("Đoàn Hồng Phong", "Bí thư Tỉnh ủy")]),
        ("holds_title", "đồng chí Bùi Văn An giữ chức Bí thư Tỉnh ủy nhiệm kỳ 2020-2025", []),
        (
            "holds_title",
            "Chủ tịch UBND huyện Ý Yên Bùi Văn An, Chủ tịch UBND xã Yên Bắc Lê Thị Na dự",
            [("Bùi Văn An", "Chủ tịch UBND huyện Ý Yên"), ("Lê Thị Na", "Chủ tịch UBND xã Yên Bắc")],
        ),
        ("title_at", "Thủ tướng Chính phủ đã phê duyệt", [("Thủ tướng Chính phủ", "Chính phủ")]),
        (
            "chairs",
            "Các đồng chí: Đoàn Hồng Phong, Bí thư Tỉnh ủy; Lê Quốc Chỉnh, Phó Bí thư Tỉnh ủy chủ trì hội nghị.",
            [("Đoàn Hồng Phong", "hội nghị"), ("Lê Quốc Chỉnh", "hội nghị")],
        ),
        ("chairs", "Các đồng chí Thường trực Tỉnh ủy chủ trì hội nghị.", [("Thường trực Tỉnh ủy", "hội nghị")]),
        (
            "speaks_at",
            "Đồng chí Bùi Văn An, Bí thư Tỉnh ủy phát biểu kết luận hội nghị.",
            [("Bùi Văn An", "hội nghị")],
        ),
        (
            "speaks_at",
            "Phát biểu kết luận hội nghị, đồng chí Bí thư Tỉnh ủy Bùi Văn An yêu cầu.",
            [("Bùi Văn An", "hội nghị")],
        ),
        (
            "attends",
            "Dự hội nghị có các đồng chí Ủy viên Ban TVTU, Ủy viên UBKT Tỉnh ủy; lãnh đạo các sở.",
            [("Ủy viên Ban TVTU", "hội nghị"), ("Ủy viên UBKT Tỉnh ủy", "hội nghị")],
        ),
        ("attends", "Đồng chí Bùi Văn An dự kiến tổ chức hội nghị.", []),
        (
            "convenes",
            "Sáng 26/4, BTV Tỉnh ủy tiếp tục phiên họp hội nghị lần thứ 18.",
            [("BTV Tỉnh ủy", "hội nghị lần thứ 18")],
        ),
        ("convenes", "tiến tới Đại hội XIII của Đảng", [("Đảng", "Đại hội XIII")]),
        ("convenes", "bầu cử đại biểu Quốc hội khóa XV", []),
        (
            "held_on",
            "Sáng 26/4, BTV Tỉnh ủy tiếp tục phiên họp hội nghị lần thứ 18.",
            [("hội nghị lần thứ 18", "Sáng 26/4")],
        ),
        ("issues", "Nghị quyết số 42/NQ-CP của Chính phủ", [("Chính phủ", "Nghị quyết số 42/NQ-CP")]),
        ("issues", "Tỉnh ủy đã ban hành Nghị quyết số 21-NQ/TU", [("Tỉnh ủy", "Nghị quyết số 21-NQ/TU")]),
        ("issues", "Nghị quyết Trung ương 6 (khóa XII)", [("Trung ương", "Nghị quyết Trung ương 6 (khóa XII)")]),
        (
            "implements",
            "ban hành Chương trình hành động thực hiện Nghị quyết số 21-NQ/TU",
            [("Chương trình hành động", "Nghị quyết số 21-NQ/TU")],
        ),
        (
            "amends",
            "Quyết định số 12/QĐ-UBND thay thế Quyết định số 9/QĐ-UBND",
            [("Quyết định số 12/QĐ-UBND", "Quyết định số 9/QĐ-UBND")],
        ),
        (
            "applies_to",
            "xây dựng Nghị quyết về phát triển thành phố Nam Định giai đoạn 2021-2025;",
            [
                ("Nghị quyết về phát triển thành phố Nam Định giai đoạn 2021-2025", "thành phố Nam Định"),
                ("Nghị quyết về phát triển thành phố Nam Định giai đoạn 2021-2025", "giai đoạn 2021-2025"),
            ],
        ),
        (
            "of_term",
            "Ban Chấp hành Đảng bộ tỉnh khóa XX (nhiệm kỳ 2020-2025)",
            [
                ("Ban Chấp hành Đảng bộ tỉnh", "khóa XX"),
                ("Ban Chấp hành Đảng bộ tỉnh", "nhiệm kỳ 2020-2025"),
            ],
        ),
        ("of_term", "Nghị quyết Trung ương 6 (khóa XII)", [("Nghị quyết Trung ương 6 (khóa XII)", "khóa XII")]),
        ("of_term", "bầu cử đại biểu Quốc hội khóa XV", [("Quốc hội", "khóa XV")]),
        (
            "part_of",
            "Đoàn Công tác số 2 - Ban Chỉ đạo Trung ương về phòng, chống tham nhũng; việc khác",
            [("Đoàn Công tác số 2", "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng")],
        ),
        ("located_in", "giao Huyện ủy Kim Bảng quán triệt", [("Huyện ủy Kim Bảng", "Kim Bảng")]),
        ("alias_of", "Ban Thường vụ Tỉnh ủy (TVTU) họp", [("TVTU", "Ban Thường vụ Tỉnh ủy")]),
    ],
)
def test_signs(kind: str, text: str, pairs: list[tuple[str, str]]) -> None:
    assert sorted(related(text, kind)) == sorted(pairs)


def test_both_ends_stand_in_one_sentence() -> None:
    assert related("Đồng chí Bùi Văn An phát biểu. Hội nghị kết thúc.", "speaks_at") == []
