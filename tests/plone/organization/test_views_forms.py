"""The forms of a unit's administrator: each does its one thing, here and nowhere else."""

from datetime import date
from typing import Any

import pytest
import transaction
from lxml import etree

from party.operations.ledger import journal
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import tree
from tests.office import Office
from tests.plone.browsing import FIELDS
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


NO_DATE = "“${value}” is not a date. Write day/month/year, such as 25/06/2025."
NOT_YOURS = "Only the administrator of this unit, or of a unit above it, may do this."

#: every form on a unit, with what would be sent
FORMS = {
    "create-unit": {"title": "Phòng mới", "kind": "room"},
    "change-unit": {"title": "Tên khác"},
    "move-unit": {"parent": ""},
    "close-unit": {"on": "01/12/2026"},
    "add-code": {"code": "A99"},
    "add-symbol": {"symbol": "XX"},
    "set-term": {"label": "2025-2030", "from_day": "01/10/2025"},
    "create-person": {"full_name": "Ai Đó", "login": "aido", "function": "leader"},
    "appoint": {"person": "quantri", "function": "leader"},
    "create-register": {"title": "Sổ mật"},
    "set-routes": {},
}


def fresh() -> None:
    """See what the server's threads have committed."""
    transaction.begin()


def test_a_unit_is_created_below_and_its_page_asks_for_the_rest(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['tinh']}/@@create-unit").fill(title=" Phòng  Hành chính ", kind="room").press()
    fresh()
    (made,) = lookup.search_units("hanh chinh")
    assert page.answer.url == f"{browser.site}/u/{made.uid}"
    assert (made.title, made.parent, made.organ) == ("Phòng Hành chính", units["tinh"], units["tinh"])
    assert said("No code yet: documents from other systems cannot find this unit.") in page.text
    assert tree.children(units["tinh"], limit=99)[-1].uid == made.uid


def test_what_was_typed_stays_beside_the_error(browse: Browse, functional_office: Office) -> None:
    page = browse("quantri").open(f"u/{functional_office.units['tinh']}/@@create-unit")
    page = page.fill(title="Phòng Hành chính", place="Lâm Sơn").press()
    assert page.value("title") == ["Phòng Hành chính"]
    assert page.value("place") == ["Lâm Sơn"]
    assert len(page.errors) == 2
    fresh()
    assert lookup.search_units("hanh chinh") == []


def test_settings_of_one_unit_change_no_other(browse: Browse, functional_office: Office) -> None:
    units = functional_office.units
    page = browse("quantri").open(f"u/{units['tochuc']}/@@change-unit")
    assert page.value("title") == ["Ban Tổ chức Tỉnh uỷ"]
    page.fill(short_name="Ban Tổ chức", deadline_days="7", office="").put(
        f"{FIELDS}office.text", "Phòng Tổng hợp"
    ).press()
    fresh()
    changed, other = lookup.unit_object(units["tochuc"]), lookup.unit_object(units["tuyengiao"])
    assert (changed.short_name, changed.deadline_days, changed.office) == ("Ban Tổ chức", 7, units["tonghop"])
    assert (other.short_name, other.deadline_days, other.office) == ("", 10, "")
    again = browse("quantri").open(f"u/{units['tochuc']}/@@change-unit")
    assert again.tree.xpath(f"//input[@name='{FIELDS}office.text']/@value") == ["Phòng Tổng hợp"]
    again.fill(short_name="").put(f"{FIELDS}office.text", "").put(f"{FIELDS}office", "").press()
    fresh()
    assert (lookup.unit(units["tochuc"]).short_name, lookup.unit(units["tochuc"]).office) == ("", "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Không có đâu", "“${typed}” was not found. Choose from the list that opens while you type."),
        ("phong tong hop", "“${typed}” is the name of several. Choose from the list, or type the code or the login."),
    ],
)
def test_a_name_that_means_no_unit_or_several_is_said(
    typed: str, sentence: str, browse: Browse, committing_office: Office
) -> None:
    operations.create_unit("Phòng Tổng hợp", "room", committing_office.units["xa"])
    transaction.commit()
    page = browse("quantri").open(f"u/{committing_office.units['xa2']}/@@close-unit")
    page = page.put(f"{FIELDS}successor.text", typed).press()
    assert said(sentence, typed=typed) in page.errors
    assert page.tree.xpath(f"//input[@name='{FIELDS}successor.text']/@value") == [typed]


def test_a_unit_is_moved_with_its_address(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['tonghop']}/@@move-unit")
    assert page.tree.xpath(f"//input[@name='{FIELDS}parent.text']/@value") == ["Tỉnh uỷ Lâm Sơn"]
    page = page.put(f"{FIELDS}parent", "").put(f"{FIELDS}parent.text", "A40.01").press()
    assert page.answer.url == f"{browser.site}/u/{units['tonghop']}"
    fresh()
    assert lookup.unit(units["tonghop"]).parent == units["tochuc"]


def test_a_circle_is_refused_and_said_beside_the_field(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    browser.open(f"u/{units['tonghop']}/@@move-unit").put(f"{FIELDS}parent.text", "A40.01").press()
    page = browser.open(f"u/{units['tochuc']}/@@move-unit").put(f"{FIELDS}parent.text", "Phòng Tổng hợp").press()
    assert page.errors[0] == said("A unit cannot be placed below itself or below a unit of its own.")
    fresh()
    assert lookup.unit(units["tochuc"]).parent == units["tinh"]


def test_no_administrator_takes_the_own_unit_out_of_its_superior(browse: Browse, functional_office: Office) -> None:
    page = browse("quantri").open(f"u/{functional_office.units['tinh']}/@@move-unit")
    assert page.answer.status_code == 403
    assert page.form is None


def test_a_unit_is_closed_once_with_its_successor(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['xa2']}/@@close-unit").fill(on="1/11/2026", basis="Nghị quyết 1")
    page.put(f"{FIELDS}successor.text", "A40.30").press()
    fresh()
    assert lookup.unit(units["xa2"]).closed_on == date(2026, 11, 1)
    assert tree.successors([units["xa2"]])[units["xa2"]].uid == units["xa"]
    again = browser.open(f"u/{units['xa2']}/@@close-unit")
    assert (again.answer.status_code, again.form) == (403, None)


def test_codes_are_added_and_ended_and_never_used_twice(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['tochuc']}/@@add-code").fill(code="a40.02", scheme="other").press()
    assert (
        said("Code ${code} belongs to ${unit}.", code="A40.02", unit="Ban Tuyên giáo và Dân vận Tỉnh uỷ") in page.errors
    )
    page = browser.open(f"u/{units['tochuc']}/@@add-code").fill(code="G09.31.00", from_day="1/1/2026").press()
    assert "G09.31.00" in page.text
    (end,) = [each for each in page.links(said("End the code")) if "G09" in each]
    page = browser.open(end).fill(until="31/12/2026").press()
    assert "30/12/2026" in page.text
    fresh()
    assert {each.value: each.until_day for each in lookup.codes_of(units["tochuc"])} == {
        "A40.01": None,
        "G09.31.00": date(2026, 12, 31),
    }


def test_a_new_symbol_ends_the_one_before(browse: Browse, functional_office: Office) -> None:
    units = functional_office.units
    browse("quantri").open(f"u/{units['tochuc']}/@@add-symbol").fill(symbol="BTC", from_day="1/12/2026").press()
    fresh()
    assert lookup.symbol_on(units["tochuc"], date(2026, 11, 30)) == "BTCTU"
    assert lookup.symbol_on(units["tochuc"], date(2026, 12, 1)) == "BTC"


def test_a_term_is_recorded_with_its_last_day(browse: Browse, functional_office: Office) -> None:
    units = functional_office.units
    page = browse("quantri").open(f"u/{units['tinh']}/@@set-term")
    page = page.fill(label="2025–2030", from_day="ngày mai").press()
    assert said(NO_DATE, value="ngày mai") in page.errors
    page = page.fill(from_day="1/10/2025", last_day="30/9/2030").press()
    assert "30/09/2030" in page.text
    fresh()
    assert tree.terms_of(units["tinh"])[0].until_day == date(2030, 10, 1)


def test_registers_are_opened_renamed_and_closed(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['tonghop']}/@@create-register").fill(title="Sổ đơn thư").press()
    (change,) = [each for each in page.links(said("Change")) if "@@change-register" in each]
    form = browser.open(change)
    assert form.value("title") == ["Sổ đơn thư"]
    page = form.fill(title="Sổ đơn thư 2026").put(f"{FIELDS}closed:list", "selected").press()
    assert "Sổ đơn thư 2026" in page.text
    assert said("closed") in page.text
    other = browser.get(f"{browser.site}/u/{units['xa']}/{change.rpartition('/')[2]}")
    assert other.status_code == 404, "a register is changed on the page of its own unit alone"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_administrator_of_one_unit_cannot_touch_another(
    form: str, browse: Browse, functional_office: Office, neighbour: str
) -> None:
    browser = browse("quantri")
    events = _events()
    page = browser.open(f"u/{neighbour}/@@{form}")
    assert page.answer.status_code == 403
    assert page.form is None
    assert said(NOT_YOURS) in page.text
    sent = {f"{FIELDS}{name}": value for name, value in FORMS[form].items()}
    sent |= {f"{FIELDS}{name}.text": value for name, value in FORMS[form].items()}
    sent |= {"form.buttons.save": "1", "do": "save", "routes": "0"}
    token = browser.get(f"{browser.site}/@@whoami").json()["token"]
    answer = browser.post(f"{browser.site}/u/{neighbour}/@@{form}", data={**sent, "_authenticator": token})
    assert Page(browser, answer).errors or said(NOT_YOURS) in Page(browser, answer).text
    assert _events() == events, "nothing was written"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_that_another_page_sends_does_nothing(form: str, browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    events = _events()
    sent = {f"{FIELDS}{name}": value for name, value in FORMS[form].items()}
    answer = browser.post(
        f"{browser.site}/u/{functional_office.units['tochuc']}/@@{form}", data={**sent, "form.buttons.save": "1"}
    )
    assert answer.status_code in (200, 403)
    assert _events() == events, "nothing was written"


def test_who_sets_up_the_organisation_creates_units_at_the_top(browse: Browse, site_admin: str) -> None:
    browser = browse(site_admin)
    browser.open("@@create-unit").fill(title="Đảng uỷ Chính phủ", kind="central_body").press()
    fresh()
    assert lookup.search_units("dang uy chinh phu")[0].parent == ""
    assert browse("quantri").open("@@create-unit").answer.status_code == 403


def test_every_form_is_complete_html(browse: Browse, functional_office: Office) -> None:
    browser, units = browse("quantri"), functional_office.units
    for form in FORMS:
        page = Page(browser, browser.get(f"{browser.site}/u/{units['tochuc']}/@@{form}"))
        ids = page.tree.xpath("//*/@id")
        assert len(ids) == len(set(ids)), form
        for label in page.tree.xpath("//label[@for]"):
            assert label.get("for") in ids, (form, etree.tostring(label))


def _events() -> Any:
    transaction.begin()
    return journal.turn.scalar(journal.sa.select(journal.sa.func.max(journal.events.c.id)))
