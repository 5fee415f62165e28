"""The examples of the labelling guide, section 4, one by one: what stands there is found, and nothing else of that label."""

from __future__ import annotations

import pytest

from annotations.default_schema import DEFAULT_SCHEMA
from annotations.report import Report
from annotations.suggest import suggest


def found(text: str, date: str = "2021-04-29", locality: str = "Hà Nam") -> list[tuple[str, str]]:
    """Label and words of every suggested entity, outer before inner."""
    suggestions = suggest(Report("r", "r.txt", text, date=date, locality=locality), DEFAULT_SCHEMA)
    return [(entity.label, entity.surface(text)) for entity in suggestions.entities]


def of(label: str, text: str) -> list[str]:
    """The words of the suggested entities of one label."""
    return [words for name, words in found(text) if name == label]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đồng chí Lê Thị Thủy, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy chủ trì hội nghị.", ["Lê Thị Thủy"]),
        ("Phát biểu, đồng chí Bí thư Tỉnh ủy Đoàn Hồng Phong khẳng định kết quả.", ["Đoàn Hồng Phong"]),
        (
            "Các đồng chí: Đoàn Hồng Phong, Bí thư Tỉnh ủy; Phạm Đình Nghị, Chủ tịch UBND tỉnh; Lê Quốc Chỉnh,"
            " Phó Bí thư Tỉnh ủy chủ trì hội nghị.",
            ["Đoàn Hồng Phong", "Phạm Đình Nghị", "Lê Quốc Chỉnh"],
        ),
        ("Tuy nhiên, đồng chí lưu ý bổ sung quan điểm.", []),
        ("Khởi công Trường THPT chuyên Lê Hồng Phong tại địa điểm mới.", []),
        ("Bà Thủy nhấn mạnh.", ["Thủy"]),
        ("Hội nghị kết thúc.\n\nẢnh: Thu Hằng", ["Thu Hằng"]),
        ("Trung tướng Nguyễn Doãn Anh, Tư lệnh Quân khu 4 dự.", ["Nguyễn Doãn Anh"]),
        ("Bí thư Huyện ủy Quỳnh Lưu Nguyễn Văn Đệ báo cáo.", ["Nguyễn Văn Đệ"]),
    ],
)
def test_officials(text: str, names: list[str]) -> None:
    assert of("OFFICIAL", text) == names


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("đồng chí Đinh Thị Lụa, Phó Bí thư Thường trực Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy", "Tỉnh ủy"),
        (
            "bà Lê Thị Thủy, Trưởng đoàn Đại biểu Quốc hội tỉnh",
            "Trưởng đoàn Đại biểu Quốc hội tỉnh",
            "đoàn Đại biểu Quốc hội tỉnh",
        ),
        (
            "các đồng chí Ủy viên Ban Chấp hành Trung ương Đảng",
            "Ủy viên Ban Chấp hành Trung ương Đảng",
            "Ban Chấp hành Trung ương Đảng",
        ),
        ("Thủ tướng Chính phủ đã phê duyệt", "Thủ tướng Chính phủ", "Chính phủ"),
        ("các đồng chí Ủy viên Ban TVTU", "Ủy viên Ban TVTU", "Ban TVTU"),
        ("Ông Bùi An, Trưởng ban Tổ chức Tỉnh ủy", "Trưởng ban Tổ chức Tỉnh ủy", "ban Tổ chức Tỉnh ủy"),
        ("Ông Bùi An, Chánh Văn phòng Tỉnh ủy", "Chánh Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy"),
        (
            "Ông Bùi An, Trưởng đoàn Đoàn đại biểu Quốc hội của tỉnh",
            "Trưởng đoàn Đoàn đại biểu Quốc hội của tỉnh",
            "Đoàn đại biểu Quốc hội của tỉnh",
        ),
        ("Ông Bùi An, UVBTV Tỉnh ủy", "UVBTV Tỉnh ủy", "BTV Tỉnh ủy"),
        ("Ông Bùi An, Tỉnh ủy viên", "Tỉnh ủy viên", "Tỉnh ủy"),
    ],
)
def test_titles_hold_their_body(text: str, title: str, body: str) -> None:
    assert of("TITLE", text) == [title]
    assert of("ORG", text) == [body]


def test_two_posts_are_two_titles() -> None:
    text = "đồng chí Trương Quốc Huy, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh phát biểu"
    assert of("TITLE", text) == ["Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"]


def test_posts_joined_by_a_dash_are_one_title() -> None:
    assert of("TITLE", "Ông Bùi An, Bí thư Đảng ủy - Chủ tịch UBND xã") == ["Bí thư Đảng ủy - Chủ tịch UBND xã"]


def test_an_abbreviated_post_without_its_body_has_no_inner_one() -> None:
    assert found("Ông Bùi An, TUV dự.") == [("OFFICIAL", "Bùi An"), ("TITLE", "TUV")]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("giao BTV Huyện ủy Kim Bảng quán triệt", ["BTV Huyện ủy Kim Bảng"]),
        (
            "kiến nghị của Đoàn Công tác số 2 - Ban Chỉ đạo Trung ương về phòng, chống tham nhũng; thực hiện tốt",
            ["Đoàn Công tác số 2", "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng"],
        ),
        ("đại dịch, Ban Chấp hành (BCH), BTV Tỉnh ủy đã chỉ đạo", ["Ban Chấp hành", "BCH", "BTV Tỉnh ủy"]),
        ("Sáng nay, Ban Thường vụ (BTV) Tỉnh ủy họp.", ["Ban Thường vụ (BTV) Tỉnh ủy"]),
        ("nghe Ban Cán sự Đảng UBND tỉnh báo cáo", ["Ban Cán sự Đảng UBND tỉnh"]),
        ("Ngành Giáo dục và Đào tạo duy trì thành tích cao", []),
        ("công tác xây dựng Đảng, kỷ luật Đảng, ngân sách Nhà nước, đảng viên", []),
        ("các sở, ngành, cấp ủy, chính quyền, UBND các xã, MTTQ các cấp", ["MTTQ"]),
        ("Giám đốc các sở làm việc trong Đảng, bị đưa ra khỏi Đảng", []),
        ("Nguồn Báo Hà Nam", ["Báo Hà Nam"]),
        ("Sở Tài nguyên và Môi trường, Sở GD&ĐT dự", ["Sở Tài nguyên và Môi trường", "Sở GD&ĐT"]),
        ("Đoàn công tác của Quốc hội làm việc", ["Đoàn công tác của Quốc hội"]),
        ("các Bộ: Giáo dục và Đào tạo, Y tế dự", ["Bộ: Giáo dục và Đào tạo, Y tế"]),
    ],
)
def test_bodies(text: str, bodies: list[str]) -> None:
    assert of("ORG", text) == bodies


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("chủ trương xây dựng huyện Kim Bảng trở thành thị xã", ["huyện Kim Bảng"]),
        ("quy hoạch chung đô thị Kim Bảng", ["Kim Bảng"]),
        ("vùng kinh tế biển tỉnh Nam Định", ["tỉnh Nam Định"]),
        (
            "khu du lịch tâm linh Tam Chúc, KCN Dệt may Rạng Đông, Khu kinh tế Ninh Cơ",
            ["khu du lịch tâm linh Tam Chúc", "KCN Dệt may Rạng Đông", "Khu kinh tế Ninh Cơ"],
        ),
        (
            "khởi công Bệnh viện Đa khoa tỉnh và Nhà máy Nhiệt điện Nam Định 1",
            ["Bệnh viện Đa khoa tỉnh", "Nhà máy Nhiệt điện Nam Định 1"],
        ),
        ("đáp ứng yêu cầu khu du lịch Quốc gia; dự án Nhà máy điện rác", []),
        ("thi công Tỉnh lộ 485B, 487B, 488B; đôn đốc", ["Tỉnh lộ 485B, 487B, 488B"]),
        ("nhất là dịch tả lợn châu Phi", []),
        ("đồng chí Hồ Sỹ Trạc yêu cầu Ban Tuyên giáo", []),
        ("UBND tỉnh Bà Rịa - Vũng Tàu và TP. Hồ Chí Minh", ["tỉnh Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh"]),
        ("các tỉnh Tây Nguyên", ["Tây Nguyên"]),
        ("tại các huyện Kim Bảng, Lý Nhân và Thanh Liêm;", ["huyện Kim Bảng, Lý Nhân và Thanh Liêm"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert of("PLACE", text) == places


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("Ban Thường vụ tiếp tục phiên họp hội nghị lần thứ 18 đánh giá kết quả", ["hội nghị lần thứ 18"]),
        (
            "đã tổ chức Hội nghị Ban Chấp hành Đảng bộ tỉnh mở rộng (khóa XX) để thảo luận",
            ["Hội nghị Ban Chấp hành Đảng bộ tỉnh mở rộng (khóa XX)"],
        ),
        ("Đồng chí chủ trì hội nghị. Phát biểu kết luận Hội nghị, đồng chí khẳng định.", ["hội nghị", "Hội nghị"]),
        ("công tác bầu cử đại biểu Quốc hội khóa XV", ["bầu cử đại biểu Quốc hội khóa XV"]),
        ("tổ chức kỳ họp bất thường và thường kỳ của HĐND tỉnh", ["kỳ họp bất thường và thường kỳ"]),
        ("an toàn đại hội đảng bộ các cấp, tiến tới Đại hội XIII của Đảng", ["Đại hội XIII"]),
        ("BTV Tỉnh ủy họp đánh giá kết quả", []),
        ("chuẩn bị các hội nghị sắp tới", []),
    ],
)
def test_meetings(text: str, meetings: list[str]) -> None:
    assert of("MEETING", text) == meetings


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("theo Nghị quyết số 42/NQ-CP của Chính phủ", ["Nghị quyết số 42/NQ-CP"]),
        ("gắn với Chỉ thị 05 của Bộ Chính trị", ["Chỉ thị 05"]),
        ("và Quy định số 08 về trách nhiệm nêu gương", ["Quy định số 08"]),
        ("tại Thông báo 722 của UBKT Trung ương", ["Thông báo 722"]),
        ("tinh thần Nghị quyết Trung ương 6 (khóa XII) của Đảng", ["Nghị quyết Trung ương 6 (khóa XII)"]),
        ("thực hiện Nghị quyết Trung ương 4 (khóa XI, XII) gắn với", ["Nghị quyết Trung ương 4 (khóa XI, XII)"]),
        (
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025); đẩy mạnh",
            ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX (nhiệm kỳ 2020-2025)"],
        ),
        (
            "quán triệt Nghị quyết Đại hội Đại hội lần thứ XIII của Đảng",
            ["Nghị quyết Đại hội Đại hội lần thứ XIII"],
        ),
        (
            "gồm: Nghị quyết về xây dựng nông thôn mới nâng cao, kiểu mẫu giai đoạn 2021-2025; các việc khác",
            ["Nghị quyết về xây dựng nông thôn mới nâng cao, kiểu mẫu giai đoạn 2021-2025"],
        ),
        ("và Quy chế làm việc của Tỉnh ủy", ["Quy chế làm việc"]),
        (
            "và Chương trình hành động thực hiện Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII; Tập trung",
            ["Chương trình hành động", "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII"],
        ),
        ("dự kiến Quy hoạch sử dụng đất thời kỳ 2021-2030, để", ["Quy hoạch sử dụng đất thời kỳ 2021-2030"]),
        ("xây dựng kế hoạch sử dụng đất năm 2021, dự thảo nghị quyết, các nghị quyết chuyên đề", []),
        ("Nghị quyết số 1211/2016/UBTVQH13 của Ủy ban Thường vụ Quốc hội", ["Nghị quyết số 1211/2016/UBTVQH13"]),
        ("Luật Phòng, chống ma túy và Luật Đất đai", ["Luật Phòng, chống ma túy", "Luật Đất đai"]),
    ],
)
def test_documents(text: str, documents: list[str]) -> None:
    assert of("RESOLUTION", text) == documents


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Ban Chấp hành Đảng bộ tỉnh khóa XX (nhiệm kỳ 2020-2025)", ["khóa XX", "nhiệm kỳ 2020-2025"]),
        ("HĐND tỉnh khoá XVIII (nhiệm kỳ 2016-2021)", ["khoá XVIII", "nhiệm kỳ 2016-2021"]),
        ("Nghị quyết Trung ương 4 (khóa XI, XII)", ["khóa XI, XII"]),
        ("Chương trình công tác toàn khóa", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert of("TERM", text) == terms


def test_a_congress_in_a_resolution_nests_three_deep() -> None:
    text = "quán triệt Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX; tạo khí thế"
    assert found(text) == [
        ("RESOLUTION", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX"),
        ("MEETING", "Đại hội Đảng bộ tỉnh lần thứ XX"),
        ("ORG", "Đảng bộ tỉnh"),
    ]


def test_what_the_page_shows_below_has_no_mentions() -> None:
    text = "Tỉnh ủy họp.\n\nNguồn Báo Hà Nam\n\nCác tin khác\nHuyện ủy Kim Bảng họp"
    assert "Huyện ủy Kim Bảng" not in of("ORG", text)
