"""What an import tells of every line (báo cáo nhập): for screens, REST and files."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from functools import partial

from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations import _
from party.operations.ledger.errors import No
from party.operations.ledger.errors import Refused


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

    def require(self, answer: "bool | No") -> None:
        """Note the reason of a rule that says no."""
        if isinstance(answer, No):
            self.fail(answer.reason)

    def change(self, field: str, before: str, after: str) -> None:
        """Note what the line changes of something that exists."""
        words = {"field": field, "before": before, "after": after}
        self.changes.append(_("${field}: “${before}” → “${after}”.", mapping=words))
        if self.outcome == "unchanged":
            self.outcome = "changed"

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Run a block; what it refuses is noted as a problem of this line."""
        try:
            yield
        except Refused as refused:
            self.fail(refused.message)


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

    def rows(self, only: Iterable[str] = OUTCOMES, language: str | None = None) -> list[dict[str, str]]:
        """Lines with the outcomes ``only`` as plain texts in the ``language`` or that of the request.

        ``sheet line kind subject outcome label detail login password``; a password stands in the report and
        nowhere else.
        """
        words = partial(translate, context=getRequest(), target_language=language)
        labels = DONE if self.applied else OUTCOMES
        wanted = set(only)
        return [
            {
                "sheet": each.sheet,
                "line": str(each.number),
                "kind": each.kind,
                "subject": each.subject,
                "outcome": each.outcome,
                "label": words(labels[each.outcome]),
                "detail": " ".join(map(words, [*each.problems, *each.changes])),
                "login": each.login,
                "password": each.password,
            }
            for each in self.lines
            if each.outcome in wanted
        ]
