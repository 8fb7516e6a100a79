"""Columns of levels in old registers: read whatever they were said to mean, and never to the advantage of a doubt."""

from collections.abc import Callable

import pytest

from party.operations.documents.past import columns
from party.operations.documents.past import operations
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import said
from tests.plone.documents.past.conftest import sheet


HEADINGS = (*INCOMING, "Độ mật")
UNKNOWN = (*INCOMING, "Phân loại")
WORD = "zqxcâyđa"


def line(number: int, level: str) -> list[str]:
    return ["02/01/2019", str(number), "Sở Nội vụ", f"{number}/SNV", "02/01/2019", WORD, "", level]


def kept(found: Import) -> str:
    return repr([vars(each) for each in store.lines(found)])


def remember(office: Office, meaning: str) -> None:
    with turn.turn():
        store.remember(office.units["tinh"], "incoming", {columns.key_of("Độ mật"): meaning})


@pytest.fixture
def cleared(office: Office) -> Office:
    clear(office, "vanthu", "secret")
    return office


def test_a_column_of_levels_is_not_left_out(cleared: Office, be: Be, take: Callable[..., Import]) -> None:
    remember(cleared, "")
    found = take(sheet(HEADINGS, line(1, "Tuyệt mật"), line(2, "Mật")))
    assert found.facts["mapping"]["Độ mật"] == "level"
    with be("vanthu"):
        with pytest.raises(Invalid, match="cannot be left out"):
            operations.check_past_register(found.id, {**found.facts["mapping"], "Độ mật": ""})
        told = lines(found)
    assert (told[2].cells, told[3].level) == ((), "secret")


@pytest.mark.parametrize("zone", ["wan", "internet"])
def test_levels_count_under_their_heading_whatever_it_was_said_to_mean(
    zone: str, cleared: Office, be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", zone)
    remember(cleared, "note")
    headings = tuple("Sổ" if each == "Ghi chú" else each for each in HEADINGS)
    found = take(sheet(headings, *(line(at, level) for at, level in enumerate(("A", "B", "C", "nt", "Thường"), 1))))
    assert found.facts["mapping"]["Độ mật"] == "note"
    with be("vanthu"):
        told = list(lines(found).values())
        secret = ["taken", "taken"] if zone == "wan" else ["refused", "refused"]
        assert [each.outcome for each in told] == ["refused", "refused", *secret, "taken"]
        assert [bool(each.cells) for each in told] == [False, False, zone == "wan", zone == "wan", True]
        assert [each.level for each in told][2:4] == (["secret"] * 2 if zone == "wan" else ["normal"] * 2)


def test_the_check_reads_them_again(
    cleared: Office, be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(cleared, "note")
    headings = tuple("Sổ" if each == "Ghi chú" else each for each in HEADINGS)
    with be("vanthu"), monkeypatch.context() as before:
        before.setattr(columns, "of_levels", lambda *_arguments: [])
        found = operations.take_past_register(
            cleared.units["tinh"], "incoming", sheet(headings, line(1, "A"), line(2, "C")), "so.csv"
        )
    with be("vanthu"):
        assert all(each.cells for each in lines(found).values())
        operations.check_past_register(found.id)
        told = lines(found)
        assert (told[2].outcome, told[2].cells) == ("refused", ())
        assert (told[3].outcome, told[3].level) == ("taken", "secret")


@pytest.mark.parametrize("heading", ["Độ mật", "Phân loại"])
@pytest.mark.parametrize("level", ["Mật/Khẩn", "Mật A", "M.", "mức B", "??"])
def test_outside_of_the_internal_network_a_level_that_is_not_clear_is_a_secret(
    level: str, heading: str, cleared: Office, be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    meant = {heading: "level"} if heading == "Phân loại" else None
    with be("vanthu"):
        taken = operations.take_past_register(
            cleared.units["tinh"], "incoming", sheet((*INCOMING, heading), line(1, level), line(2, "nt")), "so.csv"
        )
        found = operations.check_past_register(taken.id, meant and {**taken.facts["mapping"], **meant})
        assert [each.outcome for each in lines(found).values()] == ["refused", "refused"]
        assert "not clear" in said(lines(found)[2])
        assert WORD not in kept(found)


def test_within_it_what_may_mean_a_secret_is_not_kept_and_another_word_is_told(
    cleared: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(sheet(HEADINGS, line(1, "Mật/Khẩn"), line(2, "Hỏa tốc")))
    with be("vanthu"):
        told = lines(found)
        assert (told[2].outcome, told[2].cells) == ("refused", ())
        assert told[3].outcome == "refused"
        assert "is not a confidentiality level" in said(told[3])
        assert told[3].cells


def test_a_sheet_that_was_taken_in_outside_gets_nothing_secret_by_a_check_within(
    cleared: Office, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    with be("vanthu"):
        with monkeypatch.context() as outside:
            outside.setenv("PARTY_ZONE", "internet")
            found = operations.take_past_register(
                cleared.units["tinh"], "incoming", sheet(UNKNOWN, line(1, "C"), line(2, "")), "so.csv"
            )
        operations.check_past_register(found.id, {**found.facts["mapping"], "Phân loại": "level"})
        told = lines(found)
        assert [each.outcome for each in told.values()] == ["refused", "taken"]
        assert (told[2].cells, told[2].plan, told[2].level) == ((), None, "normal")
        assert "take this sheet in on the internal network" in said(told[2])
