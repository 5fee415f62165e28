"""Addresses of databases: what is understood, what is shown, where the password comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import Refused
from model.address import Address, is_address, place


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the account that runs the tests."""
    for name in ("PGUSER", "PGHOST", "PGPORT", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))


def address(text: str) -> Address:
    found = place(text)
    assert isinstance(found, Address)
    return found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("postgresql://lan@server/reports", "postgresql://lan@server/reports"),
        ("postgres://lan:secret@server:5433/reports", "postgresql://lan@server:5433/reports"),
        ("postgresql+psycopg://lan@server:5432/reports", "postgresql://lan@server/reports"),
        ("postgresql://lan@server/reports?schema=ha_nam", "postgresql://lan@server/reports?schema=ha_nam"),
        ("postgresql://lan@/reports?host=/run/postgresql", "postgresql://lan@/reports?host=/run/postgresql"),
        ("postgresql://lan@server/reports?sslmode=verify-full", "postgresql://lan@server/reports?sslmode=verify-full"),
        ("postgresql://l%C3%A2n%40x@[::1]/a%20b", "postgresql://l%C3%A2n%40x@[::1]/a%20b"),
    ],
)
def test_what_is_shown_has_no_password_and_leads_to_the_same_project(written: str, shown: str) -> None:
    assert str(address(written)) == shown
    assert address(shown) == address(written)
    assert "secret" not in repr(address(written))


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://lan:secret@server",
        "postgresql://lan:secret@server/a/b",
        "postgresql://lan:secret@server:port/reports",
        "postgresql://lan:secret@server/reports?schema=Ha Nam;DROP",
        "postgresql://lan:secret@server/reports?sslmode=perhaps",
        "postgresql://lan:secret@server/reports?other=1",
        "mysql://lan:secret@server/reports",
        "sqlite:///reports.chugiai",
        "postgresql:/lan:secret@server/reports",
    ],
)
def test_what_is_not_understood_is_refused_without_repeating_a_password(written: str) -> None:
    with pytest.raises(Refused) as refused:
        place(written)
    assert "secret" not in str(refused.value)


def test_a_path_is_a_path() -> None:
    assert place("reports.chugiai") == Path("reports.chugiai")
    assert place(Path("x")) == Path("x")
    assert not is_address("C:/reports.chugiai")
    assert place("C:/reports.chugiai") == Path("C:/reports.chugiai")


def test_files_beside_a_database_are_proposed_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    one = address("postgresql://lan@server/reports?schema=ha_nam")
    assert one.name == "reports-ha_nam"
    assert one.with_suffix(".yaml") == Path.home() / "reports-ha_nam.yaml"
    assert one.with_name("x" + one.suffix).parent == Path.home()


def test_the_password_is_looked_for_where_postgresql_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = address("postgresql://lan@server/reports")
    assert one.known_password() is None
    (tmp_path / "pgpass").write_text(
        "# *:*:*:*:comment\nserver:5432:other:lan:wrong\nserver:*:reports:lan:o\\:ne\n*:*:*:*:last\n", "utf-8"
    )
    assert one.known_password() == "o:ne"
    assert address("postgresql://minh@elsewhere/reports").known_password() == "last"
    monkeypatch.setenv("PGPASSWORD", "of the environment")
    assert one.known_password() == "of the environment"
    assert address("postgresql://lan:p%40ss@server/reports").known_password() == "p@ss"
    assert one.with_password("typed").known_password() == "typed"


def test_two_passwords_are_one_project() -> None:
    assert address("postgresql://lan:a@server/reports") == address("postgresql://lan:b@server/reports")
