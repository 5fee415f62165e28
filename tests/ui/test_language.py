"""The interface language: what the environment says now, else the computer's."""

from __future__ import annotations

import pytest

from ui.words import language


def test_the_language_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: ("vi_VN", "UTF-8"))
    for said, meant in (("vi", "vi"), ("en", "en"), ("Vietnamese_Vietnam.1258", "vi"), ("de", "en"), ("vi", "vi")):
        monkeypatch.setenv("CHUGIAI_LANGUAGE", said)
        assert language() == meant
