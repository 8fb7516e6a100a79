"""Screens of the level of documents, over HTTP as a browser has them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import levels
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.tables import incoming
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.tables import items as items_table
from tests.clearances import clear
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF


Browse = Callable[[str], Browser]
Act = Callable[[str], AbstractContextManager[None]]

BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 2"
WHY = "Có nội dung bí mật"


@pytest.fixture
def cleared(functional_office: Office, act: Act) -> Office:
    """Those of the province who work with secrets."""
    with act(""):
        for login in ("vanthu", "lanhdao", "chuyenvien"):
            clear(functional_office, login, "secret")
    return functional_office


@pytest.fixture
def secret(cleared: Office, act: Act) -> str:
    """uid of a secret draft."""
    with act("chuyenvien"):
        return operations.create_draft(
            cleared.units["tonghop"], level="secret", basis=BASIS, title="V/v việc mật", type="party.cong-van"
        ).UID()


def counted() -> int:
    return int(turn.scalar(sa.select(sa.func.count()).select_from(items_table)))


def uid_in(page: Page) -> str:
    return page.answer.url.split("/d/")[-1].split("/")[0].split("?")[0]


def body(page: Page) -> Any:
    return page.tree.xpath("//body")[0]


def filled(page: Page, **more: str) -> Page:
    return page.fill(title="V/v đến", issuer="Bộ Quốc phòng", number_symbol="12/BQP-M", type="party.cong-van", **more)


def test_only_who_is_cleared_is_asked_for_a_level(cleared: Office, browse: Browse) -> None:
    for login, offered in (("vanthu", ["normal", "secret"]), ("chanhvp", [])):
        for path in ("@@register-incoming", "@@create-draft"):
            page = browse(login).open(path)
            options = page.form.xpath(".//select[starts-with(@name, 'form.widgets.level')]/option/@value")
            assert options == offered, (login, path)
            assert bool(page.form.xpath(".//*[@name='form.widgets.basis']")) == bool(offered)


@pytest.mark.parametrize(("button", "state"), [("save", "registered"), ("receive", "received")])
def test_a_secret_paper_is_taken_in_by_the_form(cleared: Office, browse: Browse, button: str, state: str) -> None:
    page = filled(browse("vanthu").open("@@register-incoming"), level="secret", basis=BASIS).press(
        button, files=(("mật.pdf", A_PDF),)
    )
    assert page.errors == []
    uid = uid_in(page)
    assert (items.get(uid).level, items.get(uid).state) == ("secret", state)
    stamps = page.tree.xpath("//header[contains(@class, 'party-head')]//*[contains(@class, 'stamp level')]")
    assert [each.text_content() for each in stamps] == [said("Secret")]
    assert body(page).get("data-classified") == "true"
    assert BASIS in page.text
    assert "no-store" in page.answer.headers["Cache-Control"]
    assert browse("chanhvp").get(page.answer.url).status_code == 404
    found = browse("vanthu").open("@@registers" if button == "save" else "@@desk?tray=to_register")
    assert said("Secret") in [each.text_content() for each in found.tree.xpath("//td//*[@class='stamp level']")]
    assert browse("chanhvp").open("@@registers").tree.xpath("//*[contains(@class, 'level')]") == []


@pytest.mark.parametrize(
    ("login", "sent", "message"),
    [
        ("chanhvp", "secret", "You have no clearance for documents of this level. Nothing was saved."),
        ("vanthu", "top-secret", "You have no clearance for documents of this level. Nothing was saved."),
        ("vanthu", "Tuyệt mật", "Tuyệt mật"),
        ("chanhvp", "TUYET MAT", "Tuyệt mật"),
    ],
)
def test_a_level_that_was_not_offered_is_refused(
    cleared: Office, browse: Browse, login: str, sent: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    discarded: list[str] = []
    monkeypatch.setattr(files, "discard", discarded.append)
    before = counted()
    page = filled(browse(login).open("@@register-incoming"))
    page = page.put("form.widgets.level:list", sent).press(files=(("mật.pdf", A_PDF),))
    assert said(message) in page.errors[0]
    assert page.value("title") == ["V/v đến"]
    assert page.value("staged") == []
    assert len(discarded) == 1
    assert counted() == before


def test_in_the_internet_zone_nothing_classified_is_offered_or_taken(
    cleared: Office, browse: Browse, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    clerk, before = browse("vanthu"), counted()
    for path in ("@@register-incoming", "@@create-draft"):
        page = clerk.open(path)
        assert page.form.xpath(".//*[starts-with(@name, 'form.widgets.level')]") == []
        assert said("Nothing classified is handled here. Do not choose a file that says anything secret.") in page.text
    page = filled(clerk.open("@@register-incoming")).put("form.widgets.level", "secret").press()
    assert "mạng nội bộ" in page.errors[0] or "internal network" in page.errors[0]
    assert counted() == before
    assert browse("chuyenvien").get(f"{clerk.site}/d/{secret}").status_code == 404
    assert browse("chuyenvien").open("@@desk").tree.xpath("//*[contains(@class, 'level')]") == []


def test_a_level_is_decided_raised_and_lowered_by_forms(cleared: Office, browse: Browse, secret: str, act: Act) -> None:
    drafter, leader = browse("chuyenvien"), browse("lanhdao")
    page = leader.open(f"d/{secret}/@@decide_level")
    assert page.value("basis") == [BASIS]
    page = page.fill(protected_until="01/06/2027").press()
    assert page.errors == []
    assert "01/06/2027" in page.text or "1/6/2027" in page.text
    page = leader.open("@@expiring")
    assert "V/v việc mật" in page.text
    assert "V/v việc mật" not in browse("chanhvp").open("@@expiring").text

    page = drafter.open(f"d/{secret}/@@propose_lower").fill(reason="Đã công bố", basis=BASIS)
    page = page.put("form.widgets.level:list", "normal").press()
    assert page.errors == []
    assert "Đã công bố" in page.text
    assert drafter.open(f"d/{secret}/@@confirm_lower").form is None
    page = leader.open(f"d/{secret}/@@confirm_lower")
    assert "Đã công bố" in page.text
    page = page.put("form.widgets.decision:list", "refuse").press()
    assert page.errors
    page = page.fill(reason="Vẫn còn mật").press()
    assert page.errors == []
    assert items.get(secret).level == "secret"

    page = drafter.open(f"d/{secret}/@@raise_level").fill(reason=WHY)
    page = page.put("form.widgets.level:list", "top-secret").press()
    assert page.errors == []
    assert "/d/" not in page.answer.url
    assert drafter.get(f"{drafter.site}/d/{secret}").status_code == 404


def test_a_form_about_a_level_is_kept_nowhere_in_the_browser(cleared: Office, browse: Browse, act: Act) -> None:
    with act("chuyenvien"):
        uid = operations.create_draft(cleared.units["tonghop"], title="V/v mở", type="party.cong-van").UID()
    drafter = browse("chuyenvien")
    assert body(drafter.open(f"d/{uid}")).get("data-classified") is None
    for verb in ("raise_level", "withdraw_found"):
        assert body(drafter.open(f"d/{uid}/@@{verb}")).get("data-classified") == "true"


def test_a_secret_found_is_reported_by_a_form(
    cleared: Office, browse: Browse, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    with act("chuyenvien"):
        uid = operations.create_draft(cleared.units["tonghop"], title="V/v lộ mật", type="party.cong-van").UID()
    monkeypatch.setenv("PARTY_ZONE", "internet")
    drafter = browse("chuyenvien")
    page = drafter.open(f"d/{uid}/@@withdraw_found").fill(reason=WHY).press()
    assert page.errors == []
    assert "/d/" not in page.answer.url
    for login in ("chuyenvien", "lanhdao"):
        asks = browse(login)
        assert asks.get(f"{asks.site}/d/{uid}").status_code == 404
        assert "V/v lộ mật" not in asks.open("@@desk?tray=my_drafts").text


def test_the_receiving_clerk_sees_and_notes_a_change(cleared: Office, browse: Browse, act: Act) -> None:
    with act("vanthu"):
        uid = operations.register_incoming(
            cleared.units["tinh"], title="V/v đến", type="party.cong-van", issuer="Văn phòng Trung ương Đảng"
        ).UID()
    with act(""), turn.turn():
        turn.run(sa.update(incoming).where(incoming.c.uid == uid).values(level_notice="secret"))
    clerk = browse("vanthu")
    assert "V/v đến" in clerk.open("@@desk?tray=level_changed").text
    page = clerk.open(f"d/{uid}")
    assert f"{said('Secret')}" in page.tree.xpath("//*[contains(@class, 'alert-warning')]")[0].text_content()
    assert clerk.open(f"d/{uid}/@@acknowledge_level").press().errors == []
    assert "V/v đến" not in clerk.open("@@desk?tray=level_changed").text


@pytest.mark.parametrize("level", levels.CLASSIFIED)
def test_each_stamp_has_a_word_of_its_own(level: str) -> None:
    assert said(str(levels.LEVELS[level])) not in ("", str(levels.LEVELS["normal"]))
