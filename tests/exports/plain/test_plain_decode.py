"""Telling encodings, and refusing what cannot be told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.offsets import canonical_form
from exports.errors import FormatError
from exports.plain import PlainReport
from exports.plain.codepages import PAGES, decode_page, encode_page
from exports.plain.decode import clean, decode

Read = Callable[[str, bytes | str], PlainReport]
Refusal = Callable[[str, bytes | str], str]


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_unicode_forms(codec: str, mark: bytes, encoding: str, one: Read, story: str) -> None:
    report = one("a.txt", mark + story.encode(codec))
    assert (report.encoding, report.text) == (encoding, story)


@pytest.mark.parametrize("page", PAGES)
def test_code_pages_through_a_file(page: str, one: Read, story: str) -> None:
    report = one("a.txt", encode_page(story, page))
    assert report.text == story
    assert report.encoding == ("tcvn3" if page == "tcvn5712-1" else page)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_windows_newlines(page: str, one: Read, story: str) -> None:
    assert one("a.txt", encode_page(story.replace("\n", "\r\n"), page)).text == story


def test_nfd_comes_in_as_nfc(one: Read, story: str) -> None:
    assert one("a.txt", unicodedata.normalize("NFD", story)).text == story


def test_cr_and_crlf_become_lf(one: Read) -> None:
    assert one("a.txt", "một\r\nhai\rba\nbốn\r\n\r\nnăm").text == "một\nhai\nba\nbốn\n\nnăm"


def test_the_text_stays_whole(one: Read) -> None:
    text = "  Ngày 29/04/2021 \n\n\tTiêu\u00a0đề  \n\nNguồn Báo Hà Nam\n\n"
    assert one("a.txt", text).text == text


def test_ascii_is_utf8(one: Read) -> None:
    assert one("a.txt", "Plain words only").encoding == "utf-8"


def test_two_letters_that_are_utf8_by_accident() -> None:
    written = encode_page("hướng", "viscii")
    assert written.decode("utf-8") == "h߾ng"
    assert decode(written, "x").text == "hướng"


def test_a_foreign_word_in_utf8_stays_utf8() -> None:
    assert decode("naïve café".encode(), "x").text == "naïve café"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b" \r\n\t\xc2\xa0\n", "no text"),
        ("\ufeff\u200b\n".encode(), "no text"),
        ("một\x00hai".encode(), "NUL"),
        (b"\xff\xfe" + "một\x00hai".encode("utf-16-le"), "NUL"),
        ("một ".encode() + b"\xed\xa0\x80" + b" hai", "lone surrogates"),
        (b"\xff\xfe" + "một".encode("utf-16-le") + b"\x00\xd8a\x00", "lone surrogates"),
        (b"\xff\xfea\x00b", "UTF-16-LE"),
        (b"\xef\xbb\xbfm\xff", "UTF-8"),
        ("caf\u00e9 cr\u00e8me br\u00fbl\u00e9e".encode("latin-1"), "encoding cannot be told"),
        ("Привет, мир".encode("cp1251"), "encoding cannot be told"),
        ("Đồng chí chủ trì hội nghị".encode()[:-1] + b"\xe1\xbb", "encoding cannot be told"),
        ("Hội nghị ".encode() + encode_page("tỉnh ủy thường vụ", "tcvn3"), "encoding cannot be told"),
        (bytes(range(1, 256)), "encoding cannot be told"),
    ],
)
def test_refused(content: bytes, reason: str, refusal: Refusal) -> None:
    assert reason in refusal("a.txt", content)


def test_one_word_that_two_pages_read_is_refused() -> None:
    data = b"t\xaan"
    assert (decode_page(data, "tcvn3"), decode_page(data, "viscii")) == ("tên", "tến")
    with pytest.raises(FormatError, match="cannot be told"):
        decode(data, "x")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = clean(decode(data, "x").text, "x")
    except FormatError:
        return
    assert text == canonical_form(text)
    assert "\x00" not in text
    text.encode()


@given(st.text(min_size=1).filter(lambda text: not {"\x00", "\ufeff"} & set(text)))
def test_utf8_comes_in_as_its_canonical_form(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    decoded = decode(data, "x")
    if decoded.encoding != "utf-8":
        assert len(data) <= 400  # so short that another encoding was likelier
        return
    try:
        assert clean(decoded.text, "x") == canonical_form(text)
    except FormatError:
        assert not text.strip().strip("\u200b\u200c\u200d\u2060").strip()


words = [
    "hội",
    "nghị",
    "tỉnh",
    "ủy",
    "đồng",
    "chí",
    "quyết",
    "định",
    "phường",
    "xã",
    "thường",
    "vụ",
    "nhiệm",
    "kỳ",
    "bầu",
    "cử",
    "nước",
    "người",
    "đường",
]


@given(st.lists(st.sampled_from(words), min_size=6, max_size=40), st.sampled_from(PAGES))
def test_a_page_is_never_told_wrong(chosen: list[str], page: str) -> None:
    text = " ".join(chosen)
    try:
        assert decode(encode_page(text, page), "x").text == text
    except FormatError:
        assert len(set(chosen)) < 6  # too little to go by
