"""The page of adoption and quality: pictures with their tables, files, forms, REST, and who may see them."""

import pytest
import requests
import transaction

from party.operations.statistics import digitisation
from party.operations.statistics import thresholds
from party.operations.statistics.adoption_tables import TABLES
from party.operations.statistics.thresholds import Bands
from tests.office import PASSWORD
from tests.plone.browsing import said


def test_every_table_stands_beside_its_picture(browse):
    page = browse("vanthu").open("@@adoption")
    assert page.tree.xpath("//main//section/@id") == list(TABLES)
    assert len(page.tree.xpath("//main//section//table")) == len(TABLES) - 1, "nothing was sent, so there is no table"
    assert len(page.tree.xpath("//section[@id='ranking']//*[local-name()='svg']")) == 1
    assert said("Ranking of the units") in page.text
    assert not page.tree.xpath("//main//script | //main//@style | //main//@onclick")
    tabs = page.tree.xpath("//nav[contains(@class, 'party-tabs')]//a[@aria-current]/@href")
    assert [each.rpartition("/")[2] for each in tabs] == ["@@adoption"]


def test_who_answers_for_no_unit_sees_nothing_of_it(browse, office):
    answer = browse("chuyenvien").open("@@adoption").answer
    assert answer.status_code == 403
    other = browse("vanthu.tc").open(f"@@adoption?unit={office.units['tinh']}").answer
    assert other.status_code == 403


def test_what_is_typed_wrongly_is_told_and_kept(browse):
    page = browse("vanthu").open("@@adoption?from=45/13/2026&to=1/1/2026")
    assert page.answer.status_code == 200
    assert "45/13/2026" in page.errors[0]
    assert page.tree.xpath("//input[@name='from']/@value") == ["45/13/2026"]


def test_the_tables_leave_as_files(browse):
    window = browse("vanthu")
    sheet = window.open("@@adoption-export?format=xlsx").answer
    assert sheet.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert sheet.content[:2] == b"PK"
    text = window.open("@@adoption-export?format=csv&table=ranking").answer
    assert text.headers["Content-Disposition"].startswith('attachment; filename="muc-do-su-dung-')
    assert text.content.decode("utf-8-sig").startswith(f"{said('Unit')},")
    assert window.open("@@adoption-export?format=csv&table=x").answer.status_code == 400


def test_limits_are_set_in_a_form_that_begins_with_those_kept(browse, office):
    page = browse("quantri").open(f"@@unit-bands?unit={office.units['xa']}")
    assert [page.value(name) for name in ("high", "low", "very_low")] == [["90"], ["30"], ["20"]]
    wrong = page.fill(high="10").press("save")
    assert wrong.errors
    done = wrong.fill(high="80").press("save")
    assert done.answer.status_code == 200
    transaction.begin()
    assert thresholds.AllBands().of(office.units["xa"]) == Bands(80, 30, 20)


def test_a_unit_declares_what_it_digitised(browse, office):
    page = browse("vanthu.tc").open(f"@@declare-digitisation?unit={office.units['tochuc']}")
    done = page.fill(total="1200", done="150").press("save")
    assert done.answer.status_code == 200
    transaction.begin()
    assert digitisation.declared_of(office.units["tochuc"], 2026) == (1200, 150)


@pytest.mark.parametrize(
    ("login", "form"),
    [("quantri", "adoption-settings"), ("vanthu.tc", "unit-bands"), ("vanthu.tg", "declare-digitisation")],
)
def test_forms_are_shown_only_to_who_may_use_them(browse, office, login, form):
    assert browse(login).open(f"@@{form}?unit={office.units['tochuc']}").answer.status_code == 403


def test_rest_says_the_same(browse, office):
    window = browse("vanthu")
    address = window.open("@@adoption").answer.url.partition("/@@")[0]
    answer = requests.get(
        f"{address}/++api++/@adoption", auth=("vanthu", PASSWORD), headers={"Accept": "application/json"}, timeout=10
    )
    found = answer.json()
    assert answer.status_code == 200, found
    assert found["unit"] == office.units["tinh"]
    assert {each["title"] for each in found["units"]} >= {"Ban Tổ chức Tỉnh uỷ", "Đảng uỷ xã Kỳ Sơn"}
    assert found["total"]["active"] == 1, "the one at the browser"
    refused = requests.get(
        f"{address}/++api++/@adoption",
        auth=("chuyenvien", PASSWORD),
        headers={"Accept": "application/json"},
        timeout=10,
    )
    assert refused.status_code == 403
