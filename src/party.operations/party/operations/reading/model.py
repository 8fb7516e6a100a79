"""What reading a letter gives (kết quả đọc): proposals with the place they were read from, nothing taken over by itself."""

from dataclasses import dataclass
from datetime import date


#: left, top, right, bottom in points, from the upper left corner of the page
Box = tuple[float, float, float, float]

#: how sure a proposal is: the clerk looks at what is ``likely``, and chooses among what is ``doubtful``
CERTAINTIES = ("certain", "likely", "doubtful")


@dataclass(frozen=True)
class Word:
    """One word of a page as it was written or recognised."""

    text: str
    box: Box
    #: height of the letters in points, and how heavy they are drawn (400 regular, 700 bold; 0 not known)
    size: float = 0.0
    weight: int = 0
    italic: bool = False


@dataclass(frozen=True)
class Page:
    """One page: its size in points and its words in reading order."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    #: where its words came from: ``text``, ``converted`` (an old encoding), ``ocr``
    source: str = "text"


@dataclass(frozen=True)
class Place:
    """Where something was read: the page, from 1, and one box for each line of it."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Proposal:
    """One value that a field of the form could take.

    ``field`` is ``number_symbol``, ``document_date``, ``issuing_place``, ``issuer``, ``type``, ``title``, ``urgency``,
    ``level``, ``signer``, ``signer_title``, ``recipients`` or ``pages``; ``value`` what the form takes (a day as
    ``2025-06-10``, a vocabulary's token, recipients line by line), ``said`` the words of the letter.
    """

    field: str
    value: str
    said: str
    certainty: str
    place: Place | None = None
    #: uid of the unit that an issuer or recipient was matched to
    unit: str = ""


@dataclass(frozen=True)
class Assignment:
    """A sentence that gives somebody something to do (việc được giao), by a day where it names one."""

    sentence: str
    addressee: str
    deadline: date | None
    certainty: str
    place: Place
    #: uid of the unit that the addressee was matched to
    unit: str = ""
    #: where the rest of it stands when it goes on on the next page
    more: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that was read from a file."""

    #: ``party`` or ``state`` by the layout of its head; "" when it is neither
    layout: str
    #: where the words came from: ``text``, ``converted`` (an old encoding), ``ocr``; ``none`` for a scan not yet recognised
    source: str
    page_count: int
    proposals: tuple[Proposal, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def best(self, field: str) -> Proposal | None:
        """The first proposal of a field: proposals stand in the order of how sure they are."""
        return next((each for each in self.proposals if each.field == field), None)
