"""What an import tells of every line (báo cáo nhập): for screens, REST and files."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field

from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations import _


#: what becomes of a line
OUTCOMES = {
    "created": _("To be created"),
    "changed": _("To be changed"),
    "unchanged": _("Unchanged"),
    "error": _("Error"),
}
#: the same once it was done
DONE = {"created": _("Created"), "changed": _("Changed"), "unchanged": _("Unchanged"), "error": _("Error")}


@dataclass
class Line:
    """One line of the file: where it stands, what it is about, and what becomes of it."""

    sheet: str
    #: row in the sheet, counted from 1 as spreadsheet programs do
    number: int
    kind: str
    subject: str
    outcome: str = "unchanged"
    #: why it cannot be taken; the outcome is then ``error``
    problems: list[str] = field(default_factory=list)
    #: what differs from what is recorded
    changes: list[str] = field(default_factory=list)
    login: str = ""
    #: the password of an account that is made by this line
    password: str = ""

    def fail(self, problem: str) -> None:
        """Note a reason why the line cannot be taken."""
        self.problems.append(problem)
        self.outcome = "error"

    def change(self, *changes: str) -> None:
        """Note what the line changes of something that exists."""
        self.changes.extend(changes)
        if changes and self.outcome == "unchanged":
            self.outcome = "changed"


@dataclass
class Report:
    """All lines in the order of the file. ``applied`` is false for a dry run and for a file with an error."""

    filename: str
    lines: list[Line]
    applied: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Number of lines by outcome, every outcome named."""
        counted = Counter(each.outcome for each in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def sound(self) -> bool:
        """Whether every line can be taken."""
        return not any(each.problems for each in self.lines)

    def rows(self, only: Iterable[str] = OUTCOMES) -> list[dict[str, str]]:
        """Lines with the outcomes ``only`` as plain texts in the language of the request, for tables, REST and CSV.

        ``sheet line kind subject outcome label detail login password``; a password stands in it as long as the report is
        kept, and nowhere else.
        """
        request = getRequest()
        labels = DONE if self.applied else OUTCOMES
        wanted = set(only)
        return [
            {
                "sheet": each.sheet,
                "line": str(each.number),
                "kind": each.kind,
                "subject": each.subject,
                "outcome": each.outcome,
                "label": translate(labels[each.outcome], context=request),
                "detail": " ".join(translate(text, context=request) for text in [*each.problems, *each.changes]),
                "login": each.login,
                "password": each.password,
            }
            for each in self.lines
            if each.outcome in wanted
        ]
