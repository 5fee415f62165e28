"""The code pages in full: every letter there and back, published byte values, whole texts told apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.plain.codepages import PAGES, UNKNOWN, decode_page, encode_page
from exports.plain.decode import decode
from exports.plain.vietnamese import is_syllable, spelling

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES] + ["đ"]
CAPITALS = [letter.upper() for letter in SMALL]
TCVN3_CAPITALS = list("AEIOUYĂÂĐÊÔƠƯ")
SYLLABLES = ["nghiệp", "quyết", "giữ", "gì", "giếng", "thuở", "khuỷu", "uỷ", "ủy", "hoà", "hòa", "yêu", "Đảng", "khuya"]
ASCII = "".join(map(chr, range(0x20, 0x7F))) + "\n\t"


def letters_of(page: str) -> list[str]:
    """What the page can write: all 134 letters and plain vowels, but for TCVN3's toned capitals."""
    return SMALL + (TCVN3_CAPITALS if page == "tcvn3" else CAPITALS)


def test_there_are_as_many_letters_as_the_alphabet_has() -> None:
    assert len(set(SMALL)) == 12 * 6 + 1
    assert len(set(SMALL + CAPITALS)) == 2 * 73


@pytest.mark.parametrize("page", PAGES)
def test_every_letter_goes_out_and_comes_back(page: str) -> None:
    for letter in letters_of(page):
        written = encode_page(letter, page)
        assert decode_page(written, page) == letter, (page, letter)
        assert written != letter.encode() or letter.isascii()


@pytest.mark.parametrize("page", PAGES)
def test_no_two_letters_are_written_alike(page: str) -> None:
    written = [encode_page(letter, page) for letter in letters_of(page)]
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("page", PAGES)
def test_ascii_is_itself(page: str) -> None:
    assert decode_page(ASCII.encode(), page) == ASCII
    assert encode_page(ASCII, page) == ASCII.encode()


@pytest.mark.parametrize(
    ("page", "letter", "written"),
    [
        # RFC 1456
        ("viscii", "ế", b"\xaa"),
        ("viscii", "Ẳ", b"\x02"),
        ("viscii", "Ỵ", b"\x1e"),
        ("viscii", "đ", b"\xf0"),
        ("viscii", "ư", b"\xdf"),
        ("viscii", "Õ", b"\xa0"),
        # TCVN 5712:1993, the places that VN1 and VN3 share
        ("tcvn3", "à", b"\xb5"),
        ("tcvn3", "á", b"\xb8"),
        ("tcvn3", "đ", b"\xae"),
        ("tcvn3", "Đ", b"\xa7"),
        ("tcvn3", "ế", b"\xd5"),
        ("tcvn3", "ỵ", b"\xfe"),
        ("tcvn5712-1", "Ú", b"\x01"),
        ("tcvn5712-1", "Ỗ", b"\xf0"),
        ("tcvn5712-1", "Á", b"\x83"),
        # VNI for Windows
        ("vni", "ế", "eá".encode("cp1252")),
        ("vni", "Ặ", "AË".encode("cp1252")),
        ("vni", "ợ", "ôï".encode("cp1252")),
        ("vni", "ỵ", "î".encode("cp1252")),
        ("vni", "ỉ", "æ".encode("cp1252")),
        ("vni", "đ", "ñ".encode("cp1252")),
        ("vni", "ằ", "aè".encode("cp1252")),
        # Windows-1258: the vowel with its accent, then the tone
        ("windows-1258", "ế", b"\xea\xec"),
        ("windows-1258", "ợ", b"\xf5\xf2"),
        ("windows-1258", "đ", b"\xf0"),
    ],
)
def test_known_bytes(page: str, letter: str, written: bytes) -> None:
    assert encode_page(letter, page) == written
    assert decode_page(written, page) == letter


def test_vni_reads_a_capital_with_a_small_mark() -> None:
    assert decode_page("AÙn, Aùn, ÑAÁT, Ñaát".encode("cp1252"), "vni") == "Án, Án, ĐẤT, Đất"


def test_tcvn3_keeps_the_punctuation_of_windows() -> None:
    assert decode_page(b"\x93H\xb5 N\xe9i\x94 \x96 2021\x85", "tcvn3") == "“Hà Nội” – 2021…"


def test_vn1_reads_combining_tones() -> None:
    assert decode_page(b"a\xb3", "tcvn5712-1") == "á"


@pytest.mark.parametrize(
    ("page", "data"), [("tcvn3", b"\xe0"), ("vni", b"b\xf9"), ("vni", b"\xe0 "), ("tcvn3", b"\xb0")]
)
def test_a_byte_that_the_page_has_not_is_shown_as_unknown(page: str, data: bytes) -> None:
    assert UNKNOWN in decode_page(data, page)


@pytest.mark.parametrize(("page", "letter"), [("tcvn3", "Ế"), ("vni", "→"), ("viscii", "…"), ("tcvn5712-1", "“")])
def test_a_letter_that_the_page_has_not_is_refused(page: str, letter: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        encode_page(letter, page)


@pytest.mark.parametrize("page", PAGES)
def test_a_whole_text_is_told_by_itself(page: str, story: str) -> None:
    text = story.translate({ord(c): c.lower() for c in "ẮẤỦ"}) if page == "tcvn3" else story
    decoded = decode(encode_page(text, page), "x.txt")
    assert decoded.text == text
    assert decoded.encoding == ("tcvn3" if page == "tcvn5712-1" else page)  # which write the same but for some capitals


def test_vn1_is_told_from_vn3_by_its_capitals(story: str) -> None:
    shouted = story.upper()
    assert decode(encode_page(shouted, "tcvn5712-1"), "x").text == shouted


@pytest.mark.parametrize("page", PAGES)
@given(data=st.data())
def test_any_words_of_these_letters_come_back(page: str, data: st.DataObject) -> None:
    alphabet = letters_of(page) + list("bcdghklmnpqrstvx ,.\n")
    words = data.draw(st.lists(st.sampled_from(alphabet), max_size=40).map("".join))
    if page == "vni":  # a vowel and a bare ă or â after it is how VNI writes another letter; so are y and i alone
        words = " ".join(words)
    assert decode_page(encode_page(words, page), page) == words


@given(st.binary(max_size=200), st.sampled_from(PAGES))
def test_any_bytes_can_be_tried(data: bytes, page: str) -> None:
    assert isinstance(decode_page(data, page), str)


@given(st.binary(max_size=200), st.sampled_from([page for page in PAGES if page not in ("windows-1258", "vni")]))
def test_eight_bit_pages_lose_no_byte(data: bytes, page: str) -> None:
    text = decode_page(data, page)
    if UNKNOWN not in text and not any(byte in data for byte in (0xB0, 0xB1, 0xB2, 0xB3, 0xB4)):
        assert encode_page(text, page) == data


@pytest.mark.parametrize("word", SYLLABLES)
def test_vietnamese_syllables(word: str) -> None:
    assert is_syllable(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize("word", ["cafè", "ngỉêp", "mật́", "bằc", "mắcc", "wớ", "ãg", "ưê", "zà"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(unicodedata.normalize("NFC", word))


def test_spelling_counts_what_goes_beyond_ascii() -> None:
    counted = spelling("Hà Nội: UBND, HĐND – “café” ¸")
    assert (counted.good, counted.bad) == (2, 2)
    assert spelling("plain words").share == 0.0
