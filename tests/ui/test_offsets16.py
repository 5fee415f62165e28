from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.offsets16 import Utf16

TEXTS = st.text(st.sampled_from("aờ\u0301 \n😀🇻🀄"), max_size=40)


@given(TEXTS)
def test_units_count_like_utf_16_and_lead_back(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        expected = len(text[:offset].encode("utf-16-le")) // 2
        assert units.to_units(offset) == expected
        assert units.from_units(expected) == offset
    assert units.length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(("text", "inside", "offset"), [("a😀b", 2, 1), ("😀😀", 3, 1), ("😀", 1, 0)])
def test_a_place_inside_a_pair_counts_as_before_it(text: str, inside: int, offset: int) -> None:
    assert Utf16(text).from_units(inside) == offset
