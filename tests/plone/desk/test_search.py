"""The search page and the suggestions of the search box, over HTTP as a browser has them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlencode
from urllib.parse import urlsplit

import pytest
import requests
import transaction

from party.operations.desk import filters
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.finding import index
from tests.clearances import clear
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF


Browse = Callable[[str], Browser]
Act = Callable[[str], AbstractContextManager[None]]
Letter = Callable[..., str]

HOSTILE = '<script>alert(1)</script> & "báo cáo" <b>'
NO_DATE = "“${value}” is not a date. Write day/month/year, such as 25/06/2025."


@pytest.fixture
def letter(act: Act, functional_office: Office) -> Letter:
    """``letter(title)`` registers a letter at the province and gives its uid; ``to`` passes it on to a login."""

    def make(title: str, to: str = "", text: str = "", level: str = "normal", **fields: Any) -> str:
        facts = {"type": "party.cong-van", "issuer": "Văn phòng Trung ương Đảng", "confirm": True, **fields}
        if level != "normal":
            facts |= {"level": level, "basis": "Danh mục bí mật nhà nước của Đảng, Điều 2"}
        with act("vanthu"):
            staged = [files.stage(BytesIO(A_PDF), "a.pdf")]
            uid = operations.register_incoming(functional_office.units["tinh"], staged, title=title, **facts).UID()
            if text:
                index.set_text(uid, text)
            if to:
                operations.transfer(uid, [Addressee(person=functional_office.people[to])])
        return uid

    return make


def titles(page: Page) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//li[@data-href]//h2/a")]


def links(page: Page) -> list[str]:
    return [
        urlsplit(each)._replace(scheme="", netloc="").geturl()
        for each in page.tree.xpath("//li[@data-href]//h2/a/@href")
    ]


def marked(page: Page) -> list[str]:
    return [each.text_content() for each in page.tree.xpath("//li[@data-href]//mark")]


def filters_of(page: Page, name: str) -> dict[str, str]:
    """The values of a filter with their counts, in the order of the page."""
    found = page.tree.xpath(f"//ul[@aria-labelledby='filter-{name}']//a[*[@class='count']]")
    return {
        each.xpath("./span[1]")[0].text_content(): each.xpath("./*[@class='count']")[0].text_content() for each in found
    }


def follow(page: Page, label: str) -> Page:
    """The page a filter or link of that name leads to."""
    (address,) = [
        each.get("href") for each in page.tree.xpath("//main//a") if each.text_content().split("\n")[0].strip() == label
    ]
    return page.browser.open(address)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.answer.url).query)


def suggestions(browser: Browser, text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = browser.get(f"{browser.site}/@@find-suggestions", params={"q": text}).json()
    return found


# --- finding ---------------------------------------------------------------------------------------------------------


def test_without_a_question_the_page_says_how_to_ask(browse: Browse, letter: Letter) -> None:
    letter("V/v báo cáo")
    page = browse("vanthu").open("@@find")
    assert "15671-CV/VPTW" in page.text
    assert not titles(page)
    assert page.tree.xpath("//form[@role='search']//input[@name='q']/@value") == [""]


@pytest.mark.parametrize(
    "words", ["triển khai", "trien khai", "TRIEN khai", "“triển khai”", "01988", "1988-CV", "1988-cv/vptw"]
)
def test_words_are_found_however_they_are_typed(browse: Browse, letter: Letter, words: str) -> None:
    uid = letter(
        "V/v triển khai kế hoạch", number_symbol="1988-CV/VPTW", document_date=date(2026, 11, 20), urgency="urgent"
    )
    letter("V/v việc khác", number_symbol="7-CV/VPTW")
    clerk = browse("vanthu")
    page = Page(clerk, clerk.get(f"{clerk.site}/@@find", params={"q": words}))
    assert titles(page) == ["V/v triển khai kế hoạch"]
    assert links(page) == [f"/plone/d/{uid}"] or links(page)[0].endswith(f"/d/{uid}")
    assert page.tree.xpath("//form[@role='search']//input[@name='q']/@value") == [words]
    for fact in (
        "1988-CV/VPTW",
        "20/11/2026",
        "Văn phòng Trung ương Đảng",
        "Công văn",
        said("Registered"),
        said("Urgent"),
    ):
        assert fact in page.text, fact
    assert marked(page)


def test_words_of_a_file_are_shown_where_they_stand_and_lead_to_their_place(browse: Browse, letter: Letter) -> None:
    uid = letter("V/v việc chung", text="Căn cứ nghị quyết, đề nghị rà soát tài khoản người dùng trước ngày 30/11.")
    page = browse("vanthu").open("@@find?q=ra+soat+ngay")
    assert titles(page) == ["V/v việc chung"]
    assert marked(page) == ["rà soát", "ngày"]
    # of words that stand apart, the longest row of them
    assert links(page)[0].endswith(f"/d/{uid}?{urlencode({'q': 'rà soát'})}")
    assert browse("vanthu").get(page.tree.xpath("//li/@data-href")[0]).status_code == 200


def test_what_was_typed_and_what_is_kept_are_text(browse: Browse, letter: Letter) -> None:
    letter(HOSTILE, text=HOSTILE)
    clerk = browse("vanthu")
    for words in ("báo cáo", HOSTILE, 'script "', "“", "a*", "NEAR(a b)", "title:x", "-", "OR", "x" * 5000):
        answer = clerk.get(f"{clerk.site}/@@find", params={"q": words, "unit": words, "order": words, "person": words})
        assert answer.status_code == 200, words
        assert "<script>alert" not in answer.text
        assert clerk.get(f"{clerk.site}/@@find-suggestions", params={"q": words}).status_code == 200
    assert titles(clerk.open("@@find?q=báo+cáo")) == [" ".join(HOSTILE.split())]


def test_who_may_not_see_a_document_finds_counts_and_is_offered_nothing(browse: Browse, letter: Letter) -> None:
    letter("V/v việc hiếm gặp", to="chuyenvien", number_symbol="31415-CV/VPTW")
    for login, sees in (("vanthu", True), ("chuyenvien", True), ("chuyenvien.tc", False), ("vanthu.xa", False)):
        person = browse(login)
        page = person.open("@@find?q=hiem+gap")
        assert bool(titles(page)) is sees, login
        assert bool(filters_of(person.open("@@find?period=2026"), "type")) is False
        assert bool(suggestions(person, "31415")) is sees
        assert bool(suggestions(person, "hiem g")) is sees
        if not sees:
            assert said("Nothing was found that you may see.") in page.text
            assert "hiếm gặp" not in page.text


def test_nobody_else_asks(browse: Browse, functional_office: Office) -> None:
    site = browse("vanthu").site
    for path in ("@@find?q=a", "@@find-suggestions?q=a", "@@search?SearchableText=a", "search?SearchableText=a"):
        answer = requests.get(f"{site}/{path}", timeout=60)
        assert "/login" in answer.url or answer.status_code == 401, path


# --- narrowing -------------------------------------------------------------------------------------------------------


def test_filters_count_narrow_and_are_taken_off(browse: Browse, letter: Letter) -> None:
    for number, kind in enumerate(("party.ke-hoach", "party.bao-cao", "party.cong-van", "party.cong-van")):
        letter(f"V/v hội nghị {number}", type=kind, urgency="urgent" if number else "normal")
    page = browse("vanthu").open("@@find?q=hoi+nghi&order=relevance")
    assert list(filters_of(page, "type").items()) == [("Báo cáo", "1"), ("Công văn", "2"), ("Kế hoạch", "1")]
    assert list(filters_of(page, "urgency")) == [said("Normal urgency"), said("Urgent")]
    assert not filters_of(page, "unit"), "a filter that takes nothing out is not shown"
    narrowed = follow(page, "Công văn")
    assert asked(narrowed) == {"q": ["hoi nghi"], "type": ["party.cong-van"], "order": ["relevance"]}
    assert len(titles(narrowed)) == 2
    assert narrowed.tree.xpath("//*[@role='search']//input[@type='hidden']/@name") == ["type", "order"]
    (chosen,) = narrowed.tree.xpath("//ul[@aria-labelledby='filter-type']//a[@aria-current]")
    assert len(titles(narrowed.browser.open(chosen.get("href")))) == 4
    assert asked(follow(narrowed, said("Without filters"))) == {"q": ["hoi nghi"], "order": ["relevance"]}


def test_days_are_typed_as_they_are_written_here(browse: Browse, letter: Letter) -> None:
    for day in (1, 10, 20):
        letter(f"V/v ngày {day}", arrival_date=date(2026, 11, day))
    clerk = browse("vanthu")
    assert titles(clerk.open("@@find?since=5/11/2026")) == ["V/v ngày 20", "V/v ngày 10"]
    assert titles(clerk.open("@@find?q=ngay&since=10/11/2026&until=10.11.2026")) == ["V/v ngày 10"]
    wrong = clerk.open("@@find?q=ngay&since=hôm+qua")
    assert said(NO_DATE, value="hôm qua") in wrong.text
    assert wrong.tree.xpath("//input[@id='find-since']/@value") == ["hôm qua"]
    assert not titles(wrong)
    assert said("The last day is before the first one.") in clerk.open("@@find?since=2/11/2026&until=1/11/2026").text


def test_an_empty_result_says_what_to_try(browse: Browse, letter: Letter) -> None:
    letter("V/v hội nghị")
    page = browse("vanthu").open("@@find?q=hoi+nghi&type=party.bao-cao")
    assert said("Check the spelling; diacritics may be left out.") in page.text
    assert titles(follow(page, said("Search without filters"))) == ["V/v hội nghị"]


def test_values_stand_in_their_order() -> None:
    units = {"1": "Đảng uỷ xã Ân Thi", "2": "Ban Tổ chức", "3": "Đảng uỷ xã An Bình", "4": "Công an"}
    assert filters.in_order("unit", units) == ["2", "4", "3", "1"]
    people = {"a": "Nguyễn Văn Ánh", "b": "Đỗ Thị An", "c": "Lê Bình"}
    assert filters.in_order("person", people) == ["b", "a", "c"]
    periods = {each: each for each in ("2025", "Nhiệm kỳ 2025 - 2030", "Đại hội XIV", "2026")}
    assert filters.in_order("period", periods) == ["2026", "2025", "Đại hội XIV", "Nhiệm kỳ 2025 - 2030"]
    assert filters.in_order("urgency", {"flash": "x", "normal": "y", "gone": "a"}) == ["normal", "flash", "gone"]


def test_counts_are_written_as_here_and_say_where_they_stop() -> None:
    assert [filters.count_words(*each) for each in ((7, False), (1204, False), (10_000, True))] == [
        "7",
        "1.204",
        "10.000+",
    ]


# --- paging ----------------------------------------------------------------------------------------------------------


def test_pages_follow_each_other_by_key(browse: Browse, letter: Letter) -> None:
    for number in range(23):
        letter(f"V/v đợt {number}", arrival_date=date(2026, 10, 1 + number))
    page = browse("vanthu").open("@@find?q=dot")
    assert "23" in page.tree.xpath("//*[@class='party-total']")[0].text_content()
    following = follow(page, said("Next page"))
    assert asked(following).keys() == {"q", "after"}
    assert titles(page) + titles(following) == [f"V/v đợt {number}" for number in reversed(range(23))]
    assert titles(follow(following, said("First page"))) == titles(page)
    wrong = page.browser.open("@@find?q=dot&after=nowhere")
    assert wrong.answer.status_code == 400
    assert said("This page of the list does not exist.") in wrong.text


# --- suggestions -----------------------------------------------------------------------------------------------------


def test_what_is_typed_is_completed_to_documents_and_issuers(browse: Browse, letter: Letter) -> None:
    uid = letter("V/v thi đua khen thưởng", number_symbol="2718-CV/VPTW")
    clerk = browse("vanthu")
    (by_number,) = suggestions(clerk, "271")
    assert (by_number["label"], by_number["hint"]) == ("2718-CV/VPTW", "Văn bản đến · V/v thi đua khen thưởng")
    assert by_number["url"].endswith(f"/d/{uid}")
    by_title = suggestions(clerk, "thi dua kh")[0]
    assert by_title["label"] == "V/v thi đua khen thưởng"
    assert by_title["hint"] == "Văn bản đến · Văn phòng Trung ương Đảng"
    (issuer,) = [each for each in suggestions(clerk, "van phong tr") if each["hint"] == said("Issuer")]
    assert titles(clerk.open(issuer["url"])) == ["V/v thi đua khen thưởng"]
    assert suggestions(clerk, "") == []
    answer = clerk.get(f"{clerk.site}/@@find-suggestions", params={"q": "271"})
    assert answer.headers["Cache-Control"] == "no-store"


# --- secrets ---------------------------------------------------------------------------------------------------------


def test_a_secret_is_found_by_who_is_cleared_on_a_page_that_nobody_keeps(
    browse: Browse, act: Act, letter: Letter, functional_office: Office
) -> None:
    with act(""):
        clear(functional_office, "vanthu", "secret")
    letter("V/v phương án bảo vệ", level="secret", number_symbol="161803-CV/VPTW", issuer="Bộ Quốc phòng")
    clerk = browse("vanthu")
    page = clerk.open("@@find?q=phuong+an")
    assert titles(page) == ["V/v phương án bảo vệ"]
    assert said("Secret") in page.text
    assert "Bộ Quốc phòng" in page.text
    assert page.tree.xpath("//body/@data-classified") == ["true"]
    assert page.answer.headers["Cache-Control"] == "private, no-store"
    assert titles(clerk.open("@@find?q=161803")) == ["V/v phương án bảo vệ"]
    head = browse("chanhvp")
    for words in ("phuong+an", "161803", "Bộ+Quốc+phòng"):
        assert titles(head.open(f"@@find?q={words}")) == []
        assert suggestions(head, words) == []


# --- the ways here ---------------------------------------------------------------------------------------------------


def test_plones_own_search_leads_here_with_its_words(browse: Browse, letter: Letter) -> None:
    letter("V/v hội nghị")
    clerk = browse("vanthu")
    for path in ("@@search?SearchableText=hoi+nghi*", "search?SearchableText=hoi+nghi"):
        page = clerk.open(path)
        assert urlsplit(page.answer.url).path.endswith("/@@find")
        assert titles(page) == ["V/v hội nghị"]
    assert asked(clerk.open("@@search")) == {}


def test_looking_writes_nothing(browse: Browse, letter: Letter, functional_portal: Any) -> None:
    letter("V/v hội nghị")
    clerk = browse("vanthu")
    transaction.begin()
    before = functional_portal._p_jar.db().lastTransaction()
    for path in ("@@find", "@@find?q=hoi", "@@find?type=party.cong-van", "@@find-suggestions?q=hoi", "@@search"):
        assert clerk.get(f"{clerk.site}/{path}").status_code == 200
    assert functional_portal._p_jar.db().lastTransaction() == before
