"""The guides of ``docs/guide`` are true: each picture's page can be reached, and what a guide prints in bold stands there.

``PARTY_WRITE_DOCS=1 pytest tests/e2e/test_guide.py`` makes the pictures anew; a site that other tests have not used gives
the best ones.
"""

import io
import os
import re
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import expect

from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.ledger import clock
from tests.e2e.conftest import ROOT
from tests.e2e.conftest import RunningSite
from tests.e2e.people import chromium
from tests.e2e.people import Person


GUIDES = ROOT / "docs/guide"
WRITES = bool(os.environ.get("PARTY_WRITE_DOCS"))

CLERK, LEADER = "vanthu.thainguyen", "lanhdao.thainguyen"
OFFICER, HEAD = "chuyenvien.btc.thainguyen", "truongban.btc.thainguyen"
#: letters of the demonstration
LINES = "V/v kiểm tra đường truyền mạng thông tin diện rộng tới cấp xã"
TRAINING = "V/v báo cáo kết quả đào tạo, bồi dưỡng cán bộ năm 2026"

#: sizes of the window: on a desk, and in a hand
DESK, HAND = (1280, 800), (390, 760)

#: what a person sees and may press, with the hints in empty fields and the names of what has no text
_VISIBLE = """() => {
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const named = [...document.querySelectorAll("[placeholder], [aria-label], input[type=submit]")].filter(shown);
  return [document.body.innerText, ...named.map((each) =>
    [each.placeholder, each.getAttribute("aria-label"), each.value].filter(Boolean).join(" "))].join("\\n");
}"""

Steps = Callable[[Person], None]


# --- the pages of the pictures ---------------------------------------------------------------------------------------


def drops_a_letter(person: Person) -> None:
    """A file on the form: it is read, and what stands in it is proposed."""
    letter = Letter(
        "Công văn",
        "V/v rà soát thiết bị của văn phòng",
        "2904-CV/VPTW",
        "Văn phòng Trung ương Đảng",
        "Hà Nội",
        clock.today(),
        ("Đề nghị Tỉnh uỷ Thái Nguyên rà soát, báo cáo về Văn phòng Trung ương Đảng trước ngày 15/12/2026.",),
        superior="Ban Chấp hành Trung ương",
        to=("Tỉnh uỷ Thái Nguyên",),
        copies=("Như trên", "Lưu Văn phòng"),
        authority="K/T CHÁNH VĂN PHÒNG",
        position="PHÓ CHÁNH VĂN PHÒNG",
        signer="Nguyễn Văn Minh",
    )
    person.go("@@register-incoming")
    sent = {"name": "2904-CV_VPTW.pdf", "mimeType": "application/pdf", "buffer": render(letter)}
    with person.page.expect_navigation(url=re.compile("file=")):
        person.page.set_input_files("[data-drop] input[type=file]", [sent])
    expect(person.page.get_by_text("2904-CV/VPTW").first).to_be_visible()


def passes_on(person: Person) -> None:
    """The form to pass a registered letter on, with the route of the office."""
    person.opens("V/v góp ý đề cương báo cáo", "to_pass_on")
    person.press("Chuyển xử lý")


def directs(person: Person) -> None:
    """A directive for two boards, not sent."""
    person.opens(LINES, "to_direct")
    person.press("Chuyển xử lý")
    person.pick("ban to chuc", "Ban Tổ chức")
    person.pick("tuyen giao", "Ban Tuyên giáo")
    person.fill(directive="Ban Tổ chức chủ trì, tham mưu văn bản báo cáo trước ngày 15/12.")


def drafts(person: Person) -> None:
    """The answer to a letter, begun."""
    person.opens(TRAINING, "to_do")
    person.press("Soạn văn bản trả lời")
    person.fill(title="V/v báo cáo kết quả đào tạo, bồi dưỡng cán bộ", type="Công văn")


def searches(person: Person) -> None:
    """Found by words without diacritics."""
    person.go("@@find?q=can+bo")
    expect(person.page.locator("mark").first).to_be_visible()


def looks(address: str) -> Steps:
    """A page that has an address."""
    return lambda person: person.go(address)


def opens(title: str, tray: str) -> Steps:
    """A document on the desk."""
    return lambda person: person.opens(title, tray)


#: who sees the page of a picture, at what size of the window, and how he gets there
SCENES: dict[str, tuple[str, tuple[int, int], Steps]] = {
    "clerk-desk": (CLERK, DESK, looks("@@desk")),
    "clerk-register": (CLERK, DESK, drops_a_letter),
    "clerk-pass-on": (CLERK, DESK, passes_on),
    "clerk-receive": (CLERK, DESK, opens("V/v gia hạn chứng thư số", "to_receive")),
    "clerk-issue": (CLERK, DESK, looks("@@desk?tray=to_issue")),
    "clerk-book": (CLERK, DESK, looks("@@registers")),
    "clerk-past": (CLERK, DESK, looks("@@past-registers")),
    "leader-desk": (LEADER, DESK, looks("@@desk?tray=to_direct")),
    "leader-document": (LEADER, DESK, opens(LINES, "to_direct")),
    "leader-directive": (LEADER, DESK, directs),
    "leader-phone": (LEADER, HAND, opens(LINES, "to_direct")),
    "officer-document": (OFFICER, DESK, opens(TRAINING, "to_do")),
    "officer-draft": (OFFICER, DESK, drafts),
    "search": (CLERK, DESK, searches),
}


# --- what is checked -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def people(running_site: RunningSite) -> Iterator[Callable[[str, tuple[int, int]], Person]]:
    """A window of a size for each login, kept open; what they put down to be read is taken away at the end."""
    with chromium() as browser:
        known: dict[tuple[str, tuple[int, int]], Person] = {}

        def window(login: str, size: tuple[int, int]) -> Person:
            if (login, size) not in known:
                known[login, size] = enter(browser, running_site, login, size)
            return known[login, size]

        yield window
        for (login, size), person in known.items():
            if login == CLERK and size == DESK:
                forget_files(person)
        assert [each for person in known.values() for each in person.complaints] == []


def enter(browser: Browser, site: RunningSite, login: str, size: tuple[int, int]) -> Person:
    person = Person(browser, site.url, login, site.password, width=size[0])
    person.page.set_viewport_size({"width": size[0], "height": size[1]})
    person.go("@@desk")  # without the message of the login
    return person


def forget_files(person: Person) -> None:
    person.go("@@batch")
    for box in person.page.locator("main table input[type=checkbox]").all():
        box.check()
    if person.page.locator("main table").count():
        with person.page.expect_navigation():
            person.page.locator("form.party-batch button").first.click()


def guides() -> list[Path]:
    return sorted(GUIDES.glob("*.md"))


def pictures_in(path: Path) -> list[str]:
    """The pictures that a text shows."""
    return re.findall(r"!\[[^\]]*\]\((?:docs/guide/)?([\w-]+)\.png\)", path.read_text(encoding="utf-8"))


def bold_in(path: Path) -> set[str]:
    """The words of the screen in a guide."""
    return {
        " ".join(each.split()) for each in re.findall(r"\*\*(.+?)\*\*", path.read_text(encoding="utf-8"), re.DOTALL)
    }


def write(person: Person, name: str) -> None:
    """Keep the picture, in few colours: it is one of many in the repository."""
    taken = Image.open(io.BytesIO(person.page.screenshot(animations="disabled")))
    taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(GUIDES / f"{name}.png", optimize=True)


@pytest.mark.parametrize("guide", guides(), ids=lambda path: path.stem)
def test_what_a_guide_shows_and_names_is_on_the_screens(
    guide: Path, people: Callable[[str, tuple[int, int]], Person]
) -> None:
    seen = ""
    for name in pictures_in(guide):
        login, size, steps = SCENES[name]
        person = people(login, size)
        steps(person)
        person.page.wait_for_load_state("networkidle")
        seen += person.page.evaluate(_VISIBLE).casefold() + "\n"
        if WRITES:
            write(person, name)
    words = " ".join(seen.split())
    missing = sorted(each for each in bold_in(guide) if each.casefold() not in words)
    assert not missing, f"{guide.name} names what none of its pages has: {missing}"


def test_every_picture_is_there_and_is_shown() -> None:
    shown = {name for path in (*guides(), ROOT / "README.md") for name in pictures_in(path)}
    assert shown == set(SCENES)
    assert len(pictures_in(ROOT / "README.md")) == 3
    assert not [name for name in shown if not (GUIDES / f"{name}.png").is_file()]
    assert {path.stem for path in GUIDES.glob("*.png")} == shown
