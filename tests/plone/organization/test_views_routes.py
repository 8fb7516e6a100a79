"""The editor of prepared routes: steps by buttons, and what is wrong with a route in sentences."""

import lxml.html
import pytest
import transaction

from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import routes
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


class Editor:
    """The editor of one unit as somebody sees it who presses its buttons."""

    def __init__(self, browser: Browser, unit: str) -> None:
        self.browser = browser
        self.show(browser.get(f"{browser.site}/u/{unit}/@@set-routes").text)

    def show(self, text: str) -> "Editor":
        self.tree = lxml.html.fromstring(text)
        found = self.tree.xpath("//form[@id='routes']")
        self.form = found[0] if found else None
        self.values = dict(self.form.form_values()) if found else {}
        return self

    def press(self, button: str, **typed: str) -> "Editor":
        answer = self.browser.post(self.form.get("action"), data={**self.values, **_names(typed), "do": button})
        assert answer.status_code == 200
        return self.show(answer.text)

    def steps(self, route: int) -> list[tuple[str, str]]:
        count = int(self.values[f"steps-{route}"])
        places = [f"{route}-{position}" for position in range(count)]
        return [(self.values[f"function-{each}"], self.values[f"unit-{each}.text"]) for each in places]

    @property
    def problems(self) -> list[str]:
        return [each.text_content().strip() for each in self.tree.xpath("//ul[contains(@class, 'party-problems')]/li")]


def _names(typed: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").replace("-text", ".text"): value for name, value in typed.items()}


@pytest.fixture
def editor(browse: Browse, functional_office: Office) -> Editor:
    return Editor(browse("quantri"), functional_office.units["tinh"])


def stored(unit: str) -> list[routes.Route]:
    transaction.begin()
    return [each for purpose in routes.PURPOSES for each in routes.of_unit(unit, purpose)]


def test_it_shows_what_is_stored_and_saving_it_changes_nothing(editor: Editor, functional_office: Office) -> None:
    before = stored(functional_office.units["tinh"])
    assert editor.steps(0) == [("clerk", ""), ("office_head", ""), ("leader", "")]
    assert editor.steps(1) == [("room_head", "Phòng Tổng hợp"), ("office_head", "")]
    editor.press("save")
    assert stored(functional_office.units["tinh"]) == before


def test_steps_are_added_moved_and_taken_out_without_saving(editor: Editor, functional_office: Office) -> None:
    before = stored(functional_office.units["tinh"])
    editor.press("step-0", function_0_2="officer")
    assert [each[0] for each in editor.steps(0)] == ["clerk", "office_head", "officer", "officer"]
    editor.press("up-0-2")
    assert [each[0] for each in editor.steps(0)] == ["clerk", "officer", "office_head", "officer"]
    editor.press("down-0-0")
    assert [each[0] for each in editor.steps(0)] == ["officer", "clerk", "office_head", "officer"]
    editor.press("out-0-3").press("drop-1")
    assert [each[0] for each in editor.steps(0)] == ["officer", "clerk", "office_head"]
    assert editor.values["routes"] == "1"
    assert stored(functional_office.units["tinh"]) == before


def test_a_new_route_is_saved_with_a_unit_named_by_its_name(editor: Editor, functional_office: Office) -> None:
    units = functional_office.units
    editor.press("add").press("step-2")
    editor.press(
        "save",
        name_2="Văn thư – Ban Tổ chức",
        purpose_2="incoming",
        function_2_0="clerk",
        function_2_1="leader",
        unit_2_1_text="Ban Tổ chức Tỉnh uỷ",
        function_2_2="officer",
        unit_2_2_text="A40.01",
    )
    (route,) = [each for each in stored(units["tinh"]) if each.name == "Văn thư – Ban Tổ chức"]
    assert route.steps == (
        routes.Step("clerk"),
        routes.Step("leader", units["tochuc"]),
        routes.Step("officer", units["tochuc"]),
    )


def test_a_route_that_leads_nowhere_is_said_and_nothing_is_saved(editor: Editor, functional_office: Office) -> None:
    before = stored(functional_office.units["tinh"])
    editor.press("save", function_0_1="clerk", name_0="Luồng vòng", unit_1_0_text="Văn phòng Trung ương Đảng")
    assert editor.problems == [
        said("the same step stands in it twice, so it goes in a circle."),
        said("${unit} is not part of this unit.", unit="Văn phòng Trung ương Đảng"),
    ]
    assert editor.values["name-0"] == "Luồng vòng"
    assert editor.values["unit-1-0.text"] == "Văn phòng Trung ương Đảng"
    assert stored(functional_office.units["tinh"]) == before


def test_a_route_without_a_name_or_with_an_unknown_unit_keeps_what_was_typed(editor: Editor) -> None:
    editor.press("check", name_0="", unit_0_2_text="Ban không có")
    assert len(editor.problems) == 2
    assert editor.values["unit-0-2.text"] == "Ban không có"


def test_steps_that_nobody_holds_are_named(editor: Editor) -> None:
    editor.press("check", function_0_1="archivist")
    (problem,) = editor.problems
    assert said("Archivist") in problem


def test_a_clerk_level_unit_takes_no_step_after_its_clerk(browse: Browse, committing_office: Office) -> None:
    units = committing_office.units
    operations.change_unit(units["xa"], clerk_level_only=True)
    transaction.commit()
    editor = Editor(browse("quantri"), units["xa"]).press("add")
    editor.press("save", name_0="Thử")
    assert (
        said("${unit} works at clerk level only, so nothing after its clerk.", unit="Đảng uỷ xã Hoà Bình")
        in editor.problems
    )
    assert not lookup.unit_object(units["xa"]).routes


@pytest.mark.parametrize("button", ["up-9-9", "drop-7", "nonsense", "up--", "out-0-99", "step-99999999999999999999"])
def test_a_button_that_is_none_does_nothing(button: str, editor: Editor) -> None:
    before = [editor.steps(0), editor.steps(1)]
    editor.press(button)
    assert [editor.steps(0), editor.steps(1)] == before
