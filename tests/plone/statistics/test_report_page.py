"""The pages of the report: who may open them, what is typed wrongly, and the list behind each number."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER
from tests.plone.statistics.conftest import add_tallies


Browse = Callable[[str], Browser]

JUNE = "from=13/06/2025&to=19/06/2025"


@pytest.fixture
def june(act: Be, functional_office: Office) -> Office:
    """A week of June 2025: logins in the province and in two communes."""
    units, people = functional_office.units, functional_office.people
    with act(""):
        for unit, login, count in (
            ("tinh", "vanthu", 2),
            ("tinh", "lanhdao", 1),
            ("xa", "vanthu.xa", 4),
            ("quan", "vanthu.quan", 3),
        ):
            add_tallies(count, measure="login", unit=units[unit], day=date(2025, 6, 16), person=people[login])
    return functional_office


def table(page: Any) -> list[list[str]]:
    """The cells of the table of a page."""
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")]
        for row in page.tree.xpath("//main//table/tbody/tr")
    ]


def test_the_report_opens_from_the_rail_at_the_units_of_the_reader(browse: Browse, june: Office) -> None:
    leader = browse("lanhdao")
    assert leader.open("@@desk").tree.xpath(
        f"//a[contains(@href, '@@statistics')][contains(., '{said('Statistics')}')]"
    )
    page = leader.open(f"@@statistics?{JUNE}")
    assert table(page)[0][:4] == ["", said("Total"), "3", "7"]
    assert ["1", said("${unit} by itself", unit="Tỉnh uỷ Lâm Sơn"), "2", "3", "0", "0", "0"] in table(page)
    assert "Quân uỷ Trung ương" not in page.text
    country = browse("lanhdao.tw").open(f"@@statistics?{JUNE}")
    assert table(country)[0][:4] == ["", said("Total"), "4", "10"]


def test_a_report_says_what_it_compares_with(browse: Browse, june: Office) -> None:
    page = browse("lanhdao").open("@@statistics?from=20/06/2025&to=26/06/2025&compare=before")
    assert table(page)[0][3] == "0 7 −7"
    assert "13/06/2025–19/06/2025" in page.text
    assert table(browse("lanhdao").open(f"@@statistics?{JUNE}&compare=year"))[0][3] == "7 0 +7"


@pytest.mark.parametrize("login", ["chuyenvien", "truongphong", "coyeu"])
@pytest.mark.parametrize("path", ["@@statistics", "@@statistics-list?figure=logins", "@@statistics-export?format=csv"])
def test_who_answers_for_no_unit_is_refused(browse: Browse, functional_office: Office, login: str, path: str) -> None:
    browser = browse(login)
    assert browser.get(f"{browser.site}/{path}").status_code == 403
    assert "@@statistics" not in browser.open("@@desk").answer.text


@pytest.mark.parametrize(
    "path", ["@@statistics?", "@@statistics-list?figure=logins&", "@@statistics-export?format=csv&"]
)
def test_a_leader_of_one_place_does_not_see_another(browse: Browse, june: Office, path: str) -> None:
    browser = browse("lanhdao.xa")
    own, other = (f"{browser.site}/{path}{JUNE}&unit={june.units[name]}" for name in ("xa", "tinh"))
    assert browser.get(own).status_code == 200
    assert browser.get(other).status_code == 403
    assert browser.get(f"{browser.site}/{path}{JUNE}&unit=all").status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        "from=19/06/2025&to=13/06/2025",
        "from=31/02/2025&to=13/06/2025",
        "from=hôm qua&to=",
        "from=&to=13/06/2025",
        "from=<b>&to=<script>",
        "period=for-ever",
        "structure=tomorrow",
        "compare=everything",
        "grouping=colour",
    ],
)
def test_what_was_typed_wrongly_is_told_above_the_form_which_keeps_it(
    browse: Browse, functional_office: Office, typed: str
) -> None:
    page = browse("lanhdao").open(f"@@statistics?{typed}")
    assert page.answer.status_code == 200
    assert len(page.errors) == 1
    for each in typed.split("&"):
        name, _mark, value = each.partition("=")
        if name in ("from", "to"):
            assert page.tree.xpath(f"//form//input[@name='{name}']/@value") == [value]


def test_a_unit_that_there_is_not_is_not_found(browse: Browse, functional_office: Office) -> None:
    browser = browse("lanhdao")
    assert browser.get(f"{browser.site}/@@statistics?unit=nothing").status_code == 404


def test_behind_logins_stand_the_people_with_how_often(browse: Browse, june: Office) -> None:
    leader = browse("lanhdao")
    report = leader.open(f"@@statistics?{JUNE}")
    page = leader.open(report.links("7")[0])
    assert table(page) == [["Lê Minh Đức", "1"], ["Nguyễn Thị Mai", "2"], ["Phan Thị Ngọc", "4"]]
    assert not page.tree.xpath("//main//*[@class='party-notes']"), "nothing is kept from the leader"


def test_people_of_a_unit_that_left_are_counted_then_and_not_named(
    browse: Browse, act: Be, functional_office: Office
) -> None:
    units, people = functional_office.units, functional_office.people
    with act(""):
        add_tallies(4, measure="login", unit=units["xa"], day=date(2025, 6, 16), person=people["vanthu.xa"])
        organization.move_unit(units["xa"], units["quan"])
    leader = browse("lanhdao")
    assert table(leader.open(f"@@statistics?{JUNE}"))[0][3] == "4"
    page = leader.open(f"@@statistics-list?figure=logins&{JUNE}")
    assert table(page) == []
    assert said("${count} more that you may not see.", count="4") in page.text


def test_behind_documents_stand_those_that_the_reader_may_read(
    browse: Browse, act: Be, functional_office: Office
) -> None:
    from party.operations.documents import files

    def register(unit: str, number: str) -> str:
        upload = files.stage(io.BytesIO(A_PDF), "Công văn.pdf")
        values = {**LETTER, "number_symbol": number}
        return str(operations.register_incoming(functional_office.units[unit], [upload], confirm=True, **values).UID())

    with act("vanthu"):
        letter = register("tinh", "1-CV/VPTW")
        operations.transfer(
            letter,
            [
                Addressee(person=functional_office.people["chanhvp"]),
                Addressee(unit=functional_office.units["tochuc"], capacity="informed"),
            ],
        )
    with act("vanthu.xa"):
        register("xa", "2-CV/VPTW")
    leader = browse("lanhdao")
    incoming = leader.open("@@statistics-list?figure=incoming&period=today")
    assert [row[1] for row in table(incoming)] == ["1-CV/VPTW"]
    assert said("${count} more that you may not see.", count="1") in incoming.text
    sent = leader.open("@@statistics-list?figure=transfers&period=today")
    assert [(row[4], row[-1]) for row in table(sent)] == [("Nguyễn Thị Mai", "2")]
    assert "Trần Văn Hùng; Ban Tổ chức Tỉnh uỷ" in table(sent)[0][5]
    clerk = browse("vanthu.xa").open("@@statistics-list?figure=incoming&period=today")
    assert [row[1] for row in table(clerk)] == ["2-CV/VPTW"]


def test_a_long_list_has_pages_without_gap_or_repetition(browse: Browse, act: Be, functional_office: Office) -> None:
    with act(""):
        for number in range(120):
            person = organization.create_person(
                functional_office.units["tonghop"], f"nguoi{number}", f"Người {number:03}", "Mat-khau-thu-1"
            )
            add_tallies(
                1, measure="login", unit=functional_office.units["tonghop"], day=date(2025, 6, 16), person=person
            )
    leader = browse("lanhdao")
    page, seen = leader.open(f"@@statistics-list?figure=people&{JUNE}"), []
    while True:
        seen += [row[0] for row in table(page)]
        more = page.links(said("Next page"))
        if not more:
            break
        page = leader.open(more[0])
    assert seen == [f"Người {number:03}" for number in range(120)]


def test_the_files_say_what_the_page_says(browse: Browse, june: Office) -> None:
    leader = browse("lanhdao")
    address = f"{leader.site}/@@statistics-export?{JUNE}&format="
    page = table(leader.open(f"@@statistics?{JUNE}"))
    text = leader.get(f"{address}csv").content
    assert text.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[1:] == page
    sheet = openpyxl.load_workbook(io.BytesIO(leader.get(f"{address}xlsx").content)).active
    values = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row for row in values if row in page] == page
    assert leader.get(f"{address}pdf").content.startswith(b"%PDF-")
    assert leader.get(f"{address}exe").status_code == 400


def test_the_name_of_a_unit_is_never_a_formula(browse: Browse, act: Be, june: Office) -> None:
    name = '=HYPERLINK("http://evil.example";"Bấm")'
    with act(""):
        organization.change_unit(june.units["xa"], title=name)
    leader = browse("lanhdao")
    address = f"{leader.site}/@@statistics-export?{JUNE}&format="
    rows = list(csv.reader(io.StringIO(leader.get(f"{address}csv").content.decode("utf-8-sig"))))
    assert [row[1] for row in rows if "HYPERLINK" in row[1]] == [f"'{name}"]
    sheet = openpyxl.load_workbook(io.BytesIO(leader.get(f"{address}xlsx").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s")]


def test_units_are_suggested_that_the_reader_answers_for(browse: Browse, functional_office: Office) -> None:
    leader = browse("lanhdao.xa")
    found = leader.get(f"{leader.site}/@@statistics-units.json?q=dang uy").json()
    assert [each["label"] for each in found] == ["Đảng uỷ xã Hoà Bình"]
    officer = browse("chuyenvien")
    assert officer.get(f"{officer.site}/@@statistics-units.json?q=dang uy").json() == []
