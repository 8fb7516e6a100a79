"""The desk and its frame over HTTP: trays and counts agree, the frame says where one is, static files are named by content."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import lxml.html
import pytest

from party.operations.desk import assets
from party.operations.desk import first_day
from party.operations.desk import frame
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.organization import operations as organization
from tests.clearances import clear
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Browse = Callable[[str], Browser]
Letter = Callable[..., str]


@pytest.fixture
def letter(functional_office: Office) -> Letter:
    """``letter(**fields)`` registers a letter at the province by who acts; returns its uid."""

    def register(**fields: Any) -> str:
        upload = files.stage(BytesIO(A_PDF), "Công văn.pdf")
        values = {**LETTER, **fields}
        return str(
            operations.register_incoming(functional_office.units["tinh"], [upload], confirm=True, **values).UID()
        )

    return register


def counts(browser: Browser, **headers: str) -> Any:
    """The answer of ``@@counts``."""
    return browser.get(f"{browser.site}/@@counts", headers={"Accept": "application/json", **headers})


def numbers(tree: lxml.html.HtmlElement) -> dict[str, int]:
    """What a page says is there, by name."""
    return {each.get("data-count"): int(each.text_content()) for each in tree.xpath("//span[@data-count]")}


def test_the_page_says_the_same_numbers_as_the_view_of_counts(browse: Browse, act: Be, letter: Letter) -> None:
    with act("vanthu"):
        for number in range(3):
            letter(number_symbol=f"{number + 1}-CV/VPTW")
    clerk = browse("vanthu")
    told = counts(clerk).json()["counts"]
    assert told["to_pass_on"] == told["incoming"] == 3
    shown = numbers(clerk.open("@@desk").tree)
    assert set(trays.TRAYS) < set(shown)
    assert shown == {name: told[name] for name in shown}


def test_counts_that_did_not_change_are_not_sent_again(browse: Browse, act: Be, letter: Letter) -> None:
    clerk = browse("vanthu")
    tag = counts(clerk).headers["ETag"]
    assert counts(clerk, **{"If-None-Match": tag}).status_code == 304
    assert counts(browse("vanthu.tc"), **{"If-None-Match": tag}).status_code == 200, "the tag names the person as well"
    with act("vanthu"):
        letter()
    again = counts(clerk, **{"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_who_is_cleared_gets_counts_that_no_cache_keeps(browse: Browse, act: Be, functional_office: Office) -> None:
    with act("vanthu"):
        clear(functional_office, "vanthu", "secret")
    assert "ETag" not in counts(browse("vanthu")).headers


def test_counts_are_for_who_is_logged_in(browse: Browse) -> None:
    clerk = browse("vanthu")
    clerk.cookies.clear()
    assert "counts" not in counts(clerk).text


def test_one_of_many_rows_is_passed_on_or_says_why_not(
    browse: Browse, act: Be, letter: Letter, functional_office: Office
) -> None:
    with act("vanthu"):
        uid = letter()
    clerk = browse("vanthu")
    token = clerk.get(f"{clerk.site}/@@whoami").json()["token"]
    asked = {"document": uid, "to": f"person:{functional_office.people['lanhdao']}", "directive": "Xin ý kiến."}
    json = {"Accept": "application/json"}
    address = f"{clerk.site}/@@pass-on"
    assert clerk.get(address, params=asked, headers=json).status_code == 405
    assert clerk.post(address, data=asked, headers=json).status_code == 403, "without the authenticator of a page"
    wrong = clerk.post(address, data={**asked, "deadline": "mai", "_authenticator": token}, headers=json)
    assert wrong.json()["error"]["message"] == said(
        "“${value}” is not a date. Write day/month/year, such as 25/06/2025.", value="mai"
    )
    assert clerk.post(address, data={**asked, "_authenticator": token}, headers=json).status_code == 200
    assert counts(browse("lanhdao")).json()["counts"]["to_direct"] == 1
    stranger = browse("vanthu.tc")
    token = stranger.get(f"{stranger.site}/@@whoami").json()["token"]
    assert stranger.post(address, data={**asked, "_authenticator": token}, headers=json).status_code == 404


def test_rows_know_what_may_be_done_with_them(
    browse: Browse, act: Be, letter: Letter, functional_office: Office
) -> None:
    with act("vanthu"):
        uid = letter(urgency="urgent")
        operations.transfer(uid, [Addressee(person=functional_office.people["lanhdao"])])
    [row] = browse("lanhdao").open("@@desk").tree.xpath("//tr[@data-href]")
    assert row.get("class") == "unread"
    assert row.get("data-uid") == uid
    assert row.get("data-urgency") == "urgent"
    assert row.get("data-key-c").endswith(f"/d/{uid}/@@transfer")
    assert row.get("data-key-e").endswith(f"@@slip?id={row.get('data-slip')}&do=complete")
    assert row.xpath(".//td[@class='abstract']//a")[0].get("title") == "V/v báo cáo kết quả sáu tháng"


def test_scripts_and_styles_are_named_by_their_content(browse: Browse) -> None:
    tree = browse("vanthu").open("@@desk").tree
    addresses = [*tree.xpath("//script/@src"), *tree.xpath("//link[@rel='stylesheet']/@href")]
    own = [each for each in addresses if "party.operations" in each or "barceloneta" in each]
    assert len(own) > 10
    assert all("/++unique++" in each for each in own)
    assert own[0] == assets_address(tree, "theme.js"), "the theme is set before anything is drawn"
    assert not [each for each in addresses if "bundle" in each], "none of Plone's bundles"


def assets_address(tree: lxml.html.HtmlElement, name: str) -> str:
    """The one address of a file of ours on the page."""
    [found] = [each for each in tree.xpath("//script/@src") if each.endswith(f"/{name}")]
    return str(found)


def test_every_file_that_the_frame_names_is_there() -> None:
    for name in (*frame.STYLES, *frame.SCRIPTS, frame.FIRST):
        assert (assets.STATIC / name).is_file()


def test_who_is_not_logged_in_gets_the_login_page_without_heavy_scripts(browse: Browse) -> None:
    nobody = browse("vanthu")
    nobody.cookies.clear()
    tree = lxml.html.fromstring(nobody.get(f"{nobody.site}/login").text)
    assert not [each for each in tree.xpath("//script/@src") if "bundle" in each]
    assert not tree.xpath("//nav[@id='party-rail']")


def test_an_office_that_is_set_up_needs_no_checklist(office: Office, be: Be) -> None:
    with be("quantri"):
        assert first_day.steps() == []


def test_the_first_day_is_led_by_what_is_missing(office: Office, be: Be) -> None:
    with be("quantri"):
        organization.set_routes(office.units["tinh"], [])
        steps = {each.label: each for each in first_day.steps()}
    assert [label for label, step in steps.items() if not step.done] == ["Routes"]
    assert steps["Routes"].address == f"u/{office.units['tinh']}/@@set-routes"
    with be("vanthu"):
        assert first_day.steps() == [], "who does not administer is not bothered"
