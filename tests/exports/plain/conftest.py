"""An invented report and a way to read a file that must be refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exports.errors import FormatError
from exports.plain import PlainReport, read_file

STORY = """Hội nghị Ban Chấp hành Đảng bộ huyện Thanh Khê lần thứ mười hai

Sáng 14/6, tại hội trường Huyện ủy, Ban Chấp hành Đảng bộ huyện tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ.
Đồng chí Vũ Quỳnh Hoa, Bí thư Huyện ủy, chủ trì; dự có các đồng chí trong Ban Thường vụ và lãnh đạo các phòng.

Hội nghị thảo luận những khó khăn về giải phóng mặt bằng, chuyển đổi số và xây dựng nông thôn mới kiểu mẫu;
thống nhất nghị quyết chuyên đề, phấn đấu hoàn thành vượt mức chỉ tiêu, chăm lo đời sống của nhân dân, nhất là
hộ nghèo, người có công. Kết luận, đồng chí yêu cầu các cấp ủy gương mẫu, quyết liệt, rõ người, rõ việc."""


@pytest.fixture
def story() -> str:
    """An invented report in Vietnamese, NFC, without quotation marks or dashes beyond ASCII."""
    return STORY


@pytest.fixture
def one(tmp_path: Path) -> Callable[[str, bytes | str], PlainReport]:
    """Writes a file of the given name and reads the one report in it."""

    def read(name: str, content: bytes | str) -> PlainReport:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (report,) = read_file(path, name)
        return report

    return read


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[str, bytes | str], str]:
    """Writes a file of the given name, which must be refused before any report comes, and gives the sentence."""

    def read(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        reports = read_file(path, name)
        with pytest.raises(FormatError) as caught:
            next(reports)
        sentence = str(caught.value)
        assert sentence.startswith(name)
        assert "\n" not in sentence
        return sentence

    return read
