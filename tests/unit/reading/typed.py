"""Pages typed in as lines, to try how lines are understood without drawing a PDF."""

from dataclasses import replace

from party.operations.reading.model import Page
from party.operations.reading.model import Word


WIDTH, HEIGHT = 595.0, 842.0
#: left margin of the text, its right margin, the first-line indent; columns of the head
LEFT, RIGHT, INDENT = 85.0, 552.0, 28.0
_SIZE, _LETTER, _LINE = 14.0, 6.4, 20.0


def line(text: str, x: float, y: float, *, size: float = _SIZE, weight: int = 0) -> list[Word]:
    """Words of one line that begins at ``x``; ``y`` is its upper edge."""
    words = []
    for word in text.split():
        end = x + len(word) * _LETTER
        words.append(Word(word, (x, y, end, y + size), size, weight))
        x = end + _LETTER / 2
    return words


def centred(text: str, middle: float, y: float, *, weight: int = 0) -> list[Word]:
    """Words of one line around ``middle``."""
    words = line(text, 0, y, weight=weight)
    return moved(words, middle - words[-1].box[2] / 2)


def moved(words: list[Word], by: float) -> list[Word]:
    """Words further to the right."""
    return [replace(word, box=(word.box[0] + by, word.box[1], word.box[2] + by, word.box[3])) for word in words]


def paragraphs(texts: list[str], y: float) -> list[Word]:
    """Paragraphs with indented first lines, broken at the right margin."""
    words: list[Word] = []
    for text in texts:
        x = LEFT + INDENT
        for word in text.split():
            width = len(word) * _LETTER
            if x + width > RIGHT:
                x, y = LEFT, y + _LINE
            words.append(Word(word, (x, y, x + width, y + _SIZE), _SIZE, 400))
            x += width + _LETTER / 2
        y += _LINE
    return words


def letter(
    *,
    organs: list[str],
    number: str,
    dated: str,
    subject: str = "",
    type_name: str = "",
    body: list[str] | None = None,
    foot: list[str] | None = None,
    signature: list[str] | None = None,
    heading: str = "ĐẢNG CỘNG SẢN VIỆT NAM",
    source: str = "text",
) -> Page:
    """One page of a letter; organs but for the last are superior, and drawn lighter when the words are no recognised ones."""
    known = source == "text"
    words, y = [], 60.0
    for at, organ in enumerate(organs):
        words += centred(organ, 180, y, weight=(700 if at == len(organs) - 1 else 400) if known else 0)
        y += 16
    words += centred("*", 180, y) + centred(number, 180, y + 16)
    if subject and not type_name:
        words += centred(subject, 180, y + 34)
    words += centred(heading, 430, 60, weight=700 if known else 0) + centred(dated, 430, 86)
    y = 170.0
    if type_name:
        words += centred(type_name, (LEFT + RIGHT) / 2, y, weight=700 if known else 0)
        words += centred(subject, (LEFT + RIGHT) / 2, y + 20, weight=700 if known else 0)
        y += 50
    words += paragraphs(body or [], y)
    for at, text in enumerate(foot or []):
        words += line(text, LEFT, 640 + 16 * at)
    for at, text in enumerate(signature or []):
        words += centred(text, 430, 640 + 18 * at + (50 if at == len(signature or []) - 1 else 0))
    return Page(1, WIDTH, HEIGHT, tuple(words), source)
