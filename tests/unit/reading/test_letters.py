"""The letters read from end to end: every field of every layout, and nothing wrong that is said to be certain."""

import io
import random
from dataclasses import replace
from functools import cache

import pytest

from party.operations.reading.letter import read
from party.operations.reading.model import Box
from party.operations.reading.model import Page
from party.operations.reading.model import Reading
from party.operations.reading.pages import read_pages
from tests.unit.reading.known import Office
from tests.unit.reading.letters import draw
from tests.unit.reading.letters import Letter
from tests.unit.reading.samples import CENTRAL
from tests.unit.reading.samples import LAYOUTS
from tests.unit.reading.samples import OLD_ENCODINGS
from tests.unit.reading.samples import TURNED
from tests.unit.reading.samples import UNNUMBERED


LETTERS = (*LAYOUTS, *OLD_ENCODINGS)
#: fields that nothing but the layout of the letter could make doubtful
PLAIN_TO_SEE = {"number_symbol", "document_date", "issuing_place", "issuer", "type", "signer", "signer_title", "pages"}


@cache
def pages_of(letter: Letter) -> tuple[Page, ...]:
    return tuple(read_pages(io.BytesIO(draw(letter))))


@cache
def reading_of(letter: Letter) -> Reading:
    return read(pages_of(letter), Office())


def words_in(pages: tuple[Page, ...], number: int, boxes: tuple[Box, ...]) -> str:
    page = pages[number - 1]
    inside = [
        word.text
        for box in boxes
        for word in page.words
        if box[0] - 1 <= word.box[0]
        and word.box[2] <= box[2] + 1
        and box[1] - 1 <= word.box[1]
        and word.box[3] <= box[3] + 1
    ]
    return " ".join(inside)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_every_field_is_read(letter: Letter) -> None:
    reading = reading_of(letter)
    found = {field: (reading.best(field).value if reading.best(field) else "") for field in letter.truth}
    assert found == letter.truth
    assert {each.field for each in reading.proposals} <= {field for field, value in letter.truth.items() if value}
    assert (reading.layout, reading.page_count) == (letter.layout, int(letter.truth["pages"]))
    assert reading.source == ("converted" if letter.encoding else "text")


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_every_assignment_is_found(letter: Letter) -> None:
    assert [(each.addressee, each.deadline) for each in reading_of(letter).assignments] == list(letter.given)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_nothing_wrong_is_certain(letter: Letter) -> None:
    reading = reading_of(letter)
    for proposal in reading.proposals:
        if proposal.certainty == "certain":
            assert proposal.value == letter.truth[proposal.field]
    for assignment in reading.assignments:
        if assignment.certainty == "certain":
            assert (assignment.addressee, assignment.deadline) in letter.given


@pytest.mark.parametrize("letter", [each for each in LAYOUTS if each is not UNNUMBERED], ids=lambda letter: letter.name)
def test_what_is_plain_to_see_is_certain(letter: Letter) -> None:
    reading = reading_of(letter)
    assert {each.field for each in reading.proposals if each.certainty == "certain"} >= PLAIN_TO_SEE & set(letter.truth)


@pytest.mark.parametrize("letter", LAYOUTS, ids=lambda letter: letter.name)
def test_a_proposal_stands_where_it_was_read(letter: Letter) -> None:
    pages, reading = pages_of(letter), reading_of(letter)
    for proposal in reading.proposals:
        if proposal.place:
            words = words_in(pages, proposal.place.page, proposal.place.boxes)
            first = proposal.said.replace(" / ", " ").split()[0]
            assert first in words or proposal.field in ("recipients", "signer_title"), proposal
    for assignment in reading.assignments:
        places = [assignment.place, *assignment.more]
        words = " ".join(words_in(pages, place.page, place.boxes) for place in places)
        assert assignment.sentence in words


def test_a_letter_without_number_and_day_says_so() -> None:
    reading = reading_of(UNNUMBERED)
    assert reading.best("number_symbol").certainty == "doubtful"
    assert reading.best("document_date") is None


def test_a_sentence_goes_on_on_the_next_page() -> None:
    pages = pages_of(TURNED)
    assert len(pages) == 2
    # a longer beginning moves the last assignment across the break
    for extra in range(1, 12):
        letter = Letter(**{**vars(TURNED), "turned": 0, "paragraphs": (*["Một dòng."] * extra, *TURNED.paragraphs)})
        given = reading_of(letter).assignments
        assert [(each.addressee, each.deadline) for each in given] == list(TURNED.given)
        if any(each.more for each in given):
            crossing = next(each for each in given if each.more)
            assert (crossing.place.page, crossing.more[0].page) == (1, 2)
            return
    pytest.fail("No sentence crossed the break of the page.")


def test_the_office_is_asked_for_the_units() -> None:
    reading = reading_of(CENTRAL)
    assert reading.best("issuer").unit == "vptw"
    assert {each.unit for each in reading.assignments} >= {"bdtw", "bcy", "tu-hn"}


@pytest.mark.parametrize("seed", range(40))
def test_no_heap_of_words_stops_the_reading(seed: int) -> None:
    chance = random.Random(seed)
    pages = []
    for page in pages_of(chance.choice(LETTERS)):
        words = [word for word in page.words if chance.random() < 0.7]
        if seed % 2:
            chance.shuffle(words)
            words = [replace(word, text="".join(chance.sample(word.text, len(word.text)))) for word in words]
        pages.append(replace(page, words=tuple(words)))
    reading = read(pages, Office())
    assert reading.page_count == len(pages)


def test_a_file_without_words_gives_its_pages_alone() -> None:
    reading = read([Page(1, 595, 842, ()), Page(2, 595, 842, ())], Office())
    assert (reading.source, reading.layout, reading.page_count) == ("none", "", 2)
    assert [(each.field, each.value) for each in reading.proposals] == [("pages", "2")]
    assert read([], Office()) == Reading("", "none", 0)
