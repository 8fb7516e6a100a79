"""The pages of files over HTTP: pictures, words and hits; for whom, what caches keep of them, and what the audit says."""

import io
import json
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
import requests
from PIL import Image

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit.reading import every
from party.operations.confidentiality.audit.reading import Filter
from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.documents import files
from party.operations.documents import openings
from party.operations.documents import operations
from party.operations.documents.views import paper
from party.operations.ledger import clock
from tests.clearances import clear
from tests.clearances import revoke
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Browse = Callable[[str], Browser]

BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 1"


def written(pages: int = 1) -> bytes:
    """A Vietnamese letter of that many pages, or a few more."""
    return render(
        Letter(
            type_name="Công văn",
            subject="V/v uỷ quyền",
            number_symbol="12-CV/TU",
            issuer="Tỉnh uỷ Lâm Sơn",
            place="Lâm Sơn",
            day=date(2026, 11, 20),
            paragraphs=("Nội dung uỷ quyền trong thời gian tới. " * 12,) * (1 if pages == 1 else 5 * pages),
        )
    )


def scanned() -> bytes:
    target = io.BytesIO()
    Image.new("L", (600, 800), 255).save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def entered(functional_office: Office, act: Be) -> Callable[..., tuple[str, str]]:
    """``entered(content)`` registers a letter with that file at the province; gives the uid and the id of the file."""

    def register(content: bytes, name: str = "Công văn.pdf", level: str = "normal") -> tuple[str, str]:
        more = {"level": level, "basis": BASIS} if level != "normal" else {}
        with act("vanthu"):
            upload = files.stage(io.BytesIO(content), name)
            document = operations.register_incoming(
                functional_office.units["tinh"], [upload], confirm=True, **more, **LETTER
            )
            return document.UID(), document.files()[0].id

    return register


@pytest.fixture
def secret(functional_office: Office, act: Be, entered: Callable[..., tuple[str, str]]) -> tuple[str, str]:
    """A secret letter of the province: its uid and its file."""
    with act(""):
        for login in ("vanthu", "lanhdao", "chuyenvien"):
            clear(functional_office, login, "secret")
    openings._begun.clear()
    return entered(written(), level="secret")


def ask(browser: Browser, uid: str, name: str, **query: object) -> requests.Response:
    asked = "&".join(f"{key}={quote(str(value))}" for key, value in query.items())
    return browser.get(f"{browser.site}/d/{uid}/@@{name}?{asked}", allow_redirects=False)


def looks(uid: str) -> list[tuple[str, str]]:
    """Action and outcome of every look at a document, oldest first."""
    found = reversed(list(every(audit.database(), Filter(object=uid))))
    return [(each.action, each.outcome) for each in found if each.action in ("reveal", "view", "download")]


# --- normal documents ------------------------------------------------------------------------------------------------


def test_a_page_is_a_picture_that_the_browser_keeps_and_asks_about(
    browse: Browse, entered: Callable[..., tuple[str, str]]
) -> None:
    uid, file = entered(written())
    clerk = browse("vanthu")
    answer = ask(clerk, uid, "page-image", file=file, page=1, width=900)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.content)).width == 900
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = clerk.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = ask(clerk, uid, "page-image", file=file, page=1, width=1200)
    assert other.headers["ETag"] != answer.headers["ETag"]


def test_words_come_with_their_boxes_for_a_run_of_pages(
    browse: Browse, entered: Callable[..., tuple[str, str]]
) -> None:
    uid, file = entered(written(3))
    answer = ask(browse("vanthu"), uid, "page-words", file=file, page="1-2")
    assert answer.headers["Content-Type"].startswith("application/json")
    pages = json.loads(answer.text)["pages"]
    assert [each["number"] for each in pages] == [1, 2]
    first = pages[0]
    words = {word[0]: word[1:] for word in first["words"]}
    left, top, right, bottom = words["12-CV/TU"]
    assert 0 < left < right < first["width"]
    assert 0 < top < bottom < first["height"] / 3
    one = ask(browse("vanthu"), uid, "page-words", file=file, page=2)
    assert json.loads(one.text)["pages"] == pages[1:]


def test_a_scan_has_a_page_and_no_words(browse: Browse, entered: Callable[..., tuple[str, str]]) -> None:
    uid, file = entered(scanned(), "Bản quét.png")
    clerk = browse("vanthu")
    page = clerk.open(f"d/{uid}")
    assert page.tree.xpath("//@data-paper-sizes") == ["600x800*1"]
    assert ask(clerk, uid, "page-image", file=file, page=1, width=600).headers["Content-Type"] == "image/jpeg"
    assert json.loads(ask(clerk, uid, "page-words", file=file, page=1).text) == {"pages": []}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"page": 2, "width": 900}, 404),
        ({"page": 0, "width": 900}, 404),
        ({"page": "x", "width": 900}, 400),
        ({"page": 1}, 400),
        ({"page": 1, "width": "9" * 30}, 400),
        ({"page": 1, "width": 900, "file": "0" * 16}, 404),
        ({"page": 1, "width": 900, "file": ""}, 404),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    browse: Browse, entered: Callable[..., tuple[str, str]], query: dict[str, object], status: int
) -> None:
    uid, file = entered(written())
    assert ask(browse("vanthu"), uid, "page-image", **{"file": file, **query}).status_code == status


def test_nobody_sees_pages_of_what_he_may_not_read(browse: Browse, entered: Callable[..., tuple[str, str]]) -> None:
    uid, file = entered(written())
    stranger = browse("lanhdao.xa")
    for name in ("page-image", "page-words", "page-hits"):
        answer = ask(stranger, uid, name, file=file, page=1, width=900, q="uy")
        assert answer.status_code == 404, name


def test_the_page_of_a_damaged_file_says_so_and_offers_the_file(
    browse: Browse, entered: Callable[..., tuple[str, str]]
) -> None:
    uid, file = entered(b"%PDF-1.7\nnothing of a page")
    clerk = browse("vanthu")
    page = clerk.open(f"d/{uid}")
    assert said("The file is damaged: its pages cannot be shown. Ask for it once more.") in page.text
    assert page.tree.xpath("//@data-paper-images") == []
    assert ask(clerk, uid, "page-image", file=file, page=1, width=900).status_code == 400


def test_what_was_looked_for_is_marked_on_the_paper(browse: Browse, entered: Callable[..., tuple[str, str]]) -> None:
    uid, _file = entered(written())
    page = browse("vanthu").open(f"d/{uid}?q={quote('uỷ quyền')}")
    assert page.tree.xpath("//@data-paper-query") == ["uỷ quyền"]


def test_sizes_are_said_in_runs() -> None:
    assert paper.in_runs([(595.3, 841.9)] * 11 + [(842, 595)] + [(595, 842)]) == "595x842*11 842x595*1 595x842*1"


# --- secrets ---------------------------------------------------------------------------------------------------------


def test_pages_of_a_secret_carry_the_readers_name_and_are_kept_nowhere(
    browse: Browse, secret: tuple[str, str], entered: Callable[..., tuple[str, str]]
) -> None:
    uid, file = secret
    clerk = browse("vanthu")
    answer = ask(clerk, uid, "page-image", file=file, page=1, width=600)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers
    open_uid, open_file = entered(written())
    plain = ask(clerk, open_uid, "page-image", file=open_file, page=1, width=600)
    white = [_white(each.content) for each in (plain, answer)]
    assert white[1] < white[0] - 10_000


def _white(content: bytes) -> int:
    return Image.open(io.BytesIO(content)).convert("L").histogram()[255]


def test_the_page_of_a_secret_asks_the_server_for_hits_and_gets_no_words(
    browse: Browse, secret: tuple[str, str]
) -> None:
    uid, file = secret
    clerk = browse("vanthu")
    page = clerk.open(f"d/{uid}")
    assert page.tree.xpath("//@data-paper-words") == [""]
    assert "page-hits" in page.tree.xpath("//@data-paper-hits")[0]
    assert ask(clerk, uid, "page-words", file=file, page=1).status_code == 403
    answer = ask(clerk, uid, "page-hits", file=file, q="ủy quyền")
    assert "no-store" in answer.headers["Cache-Control"]
    hits = json.loads(answer.text)["hits"]
    assert len(hits) > 5
    assert set(hits[0]) == {"page", "boxes"}
    assert "quyền" not in answer.text


def test_words_of_a_secret_leave_where_its_level_was_decided_with_copying(
    browse: Browse, secret: tuple[str, str], act: Be
) -> None:
    uid, file = secret
    with act("lanhdao"):
        operations.decide_level(uid, "secret", basis=BASIS, copying=True)
    clerk = browse("vanthu")
    assert "page-words" in clerk.open(f"d/{uid}").tree.xpath("//@data-paper-words")[0]
    answer = ask(clerk, uid, "page-words", file=file, page=1)
    assert "12-CV/TU" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_one_look_at_a_file_is_one_record_before_its_first_page(
    browse: Browse, secret: tuple[str, str], time: clock.Frozen
) -> None:
    uid, file = secret
    clerk = browse("vanthu")
    before = len(looks(uid))
    for width in (600, 900, 1200):
        ask(clerk, uid, "page-image", file=file, page=1, width=width)
    ask(clerk, uid, "page-hits", file=file, q="quyền")
    assert looks(uid)[before:] == [("reveal", "done"), ("view", "done")]
    ask(browse("lanhdao"), uid, "page-image", file=file, page=1, width=600)
    assert len(looks(uid)) == before + 4
    time.advance(minutes=16)
    ask(clerk, uid, "page-image", file=file, page=1, width=600)
    assert looks(uid)[before + 4 :] == [("reveal", "done"), ("view", "done")]


def test_a_look_that_went_on_ends_when_trust_is_taken_away(
    functional_office: Office, browse: Browse, act: Be, entered: Callable[..., tuple[str, str]]
) -> None:
    with act(""):
        clearance = clear(functional_office, "vanthu", "secret")
    uid, file = entered(written(), level="secret")
    clerk = browse("vanthu")
    assert ask(clerk, uid, "page-image", file=file, page=1, width=600).status_code == 200
    with act(""):
        revoke(functional_office, clearance)
    assert ask(clerk, uid, "page-image", file=file, page=1, width=600).status_code == 404


def test_nobody_else_learns_that_a_secret_has_pages(browse: Browse, secret: tuple[str, str]) -> None:
    uid, file = secret
    for login in ("chanhvp", "lanhdao.xa"):
        for name in ("page-image", "page-words", "page-hits"):
            there = ask(browse(login), uid, name, file=file, page=1, width=600, q="quyền")
            missing = ask(browse(login), "0" * 32, name, file=file, page=1, width=600, q="quyền")
            assert there.status_code == missing.status_code == 404
