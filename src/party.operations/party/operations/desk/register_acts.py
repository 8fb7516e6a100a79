"""What is done from a register: columns and filters are kept, chosen lines are acted on, exported, printed."""

from typing import Any
from urllib.parse import parse_qsl

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from zExceptions import NotFound

from party.operations import _
from party.operations.desk.registers import RegisterPart
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import many
from party.operations.documents import operations
from party.operations.documents import register_print
from party.operations.documents import register_sheet
from party.operations.documents import rules
from party.operations.documents.register_filters import Wanted
from party.operations.documents.views.transfer import ITransfer
from party.operations.documents.views.transfer import PicksAddressees
from party.operations.documents.views.transfer import Transfer
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.errors import require
from party.operations.ledger.operation import assert_meant
from party.operations.organization import operations as organization
from party.operations.organization.personal import setting
from party.operations.text.normalize import clean_line
from party.operations.ui.forms import OperationForm


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: filters that one person keeps for one register, and letters of a name
MOST_FILTERS, LONGEST = 30, 60


class Act(RegisterPart):
    """POST from a register: ``query`` says which, ``uids`` are the lines that were chosen."""

    def __call__(self) -> Any:
        """Do it; a refusal leads back to the register, where it is said."""
        assert_meant()
        self.read_sent()
        try:
            return self.act()
        except Refused as refused:
            IStatusMessage(self.request).addStatusMessage(self.say(refused.message), type="error")
            return self.redirect(self.address())

    def read_sent(self) -> None:
        """Which register, and which of its lines."""
        self.read_address(dict(parse_qsl(str(self.request.form.get("query", "")))))
        self.uids = tuple(_listed(self.request.form.get("uids")))

    def act(self) -> Any:
        """What this one does."""
        raise NotImplementedError

    def tell(self, message: str) -> str:
        """Say that it was done, in the register."""
        IStatusMessage(self.request).addStatusMessage(self.say(message), type="info")
        return self.redirect(self.address())


class ChooseColumns(Act):
    """Remember the columns of the register; none for the usual ones."""

    def act(self) -> str:
        """Keep them for the person."""
        chosen = [key for key in self.every_column() if key in _listed(self.request.form.get("columns"))]
        organization.remember(f"register-columns-{self.direction}", chosen or None)
        return self.redirect(self.address())


class KeepFilter(Act):
    """Keep the filter in use under a name, or forget the one that is named in ``forget``."""

    def act(self) -> str:
        """Keep or forget it."""
        place = f"register-filters-{self.direction}"
        gone = str(self.request.form.get("forget", ""))
        name = clean_line(str(self.request.form.get("name", "")))
        kept = [each for each in setting(place, []) if each["name"] not in (gone, name)]
        if gone:
            organization.remember(place, kept or None)
            return self.tell(_("The filter is forgotten."))
        if not name or len(name) > LONGEST:
            raise Invalid(_("Give the filter a name of at most ${count} letters.", mapping={"count": LONGEST}), "name")
        if len(kept) >= MOST_FILTERS:
            raise Invalid(_("You keep ${count} filters already. Forget one first.", mapping={"count": len(kept)}))
        if self.wanted.text and self.shows_levels:
            raise Invalid(
                _(
                    "Words are not kept in a filter of somebody who is trusted with secrets, as they would lie in the "
                    "clear. Take them out, then keep it."
                )
            )
        organization.remember(place, [*kept, {"name": name, "query": self.query()}])
        return self.tell(_("The filter is kept."))


class Export(Act):
    """The lines that were chosen, or all that are wanted, as XLSX."""

    def act(self) -> bytes:
        """The file."""
        content = register_sheet.exported(self.direction, self._unit(), self.wanted, self.columns, self.uids)
        return self.answer(content, _XLSX, "xlsx", "attachment")

    def answer(self, content: bytes, kind: str, ending: str, how: str) -> bytes:
        """Hand a file out; nothing on the way keeps it."""
        response = self.request.response
        response.setHeader("Content-Type", kind)
        response.setHeader("Cache-Control", "private, no-store")
        name = register_sheet.filename(self.direction, ending)
        response.setHeader("Content-Disposition", f'{how}; filename="{name}"')
        return content

    def _unit(self) -> str:
        if not self.unit:
            raise NotFound(self.request.getURL())
        return self.unit


class Print(Export):
    """The same in the form of the printed register, as PDF."""

    def act(self) -> bytes:
        """The file."""
        content = register_print.printed(self.direction, self._unit(), self.wanted, self.uids)
        return self.answer(content, "application/pdf", "pdf", "inline")


class Report(Act):
    """Base of what is done with many lines: the outcome of each is shown."""

    report_template = ViewPageTemplateFile("templates/registers_report.pt")
    page_styles = ("registers.css",)
    outcomes: "list[many.Outcome] | None" = None
    title = _("What was done")

    def lines(self) -> dict[str, Any]:
        """The chosen lines by uid; those that the person may not read are not among them."""
        if not self.uids:
            raise Invalid(_("Choose at least one line of the register."))
        found = lists.register_page(self.direction, self.unit, Wanted(), only=self.uids, size=len(self.uids))
        return {each.uid: each for each in found.rows}

    def report(self, outcomes: list[many.Outcome]) -> str:
        """The page that tells what became of each."""
        self.outcomes = outcomes
        self.rows = self.lines()
        return self.report_template()

    def done(self) -> list[Any]:
        """The lines with which it was done."""
        return [self.rows[each.uid] for each in self.outcomes or () if not each.reason and each.uid in self.rows]

    def not_done(self) -> list[tuple[Any, str]]:
        """The others, each with the reason."""
        return [
            (self.rows[each.uid], self.say(each.reason))
            for each in self.outcomes or ()
            if each.reason and each.uid in self.rows
        ]


class MarkSeen(Report):
    """What was passed to the person with the chosen lines is seen."""

    def act(self) -> str:
        """Mark it."""
        slips = many.unread(tuple(self.lines()))

        def seen(uid: str) -> None:
            if uid not in slips:
                raise Changed(_("Nothing that you have not seen was passed to you with it."))

        outcomes = many.apply(tuple(self.lines()), seen)
        operations.mark_read([slip for each in slips.values() for slip in each])
        return self.report(outcomes)


class Finish(Report):
    """The chosen documents need nothing more."""

    def act(self) -> str:
        """Close each as done."""
        return self.report(many.apply(tuple(self.lines()), operations.finish_incoming))


class PutAway(Report):
    """The chosen documents are filed."""

    def act(self) -> str:
        """File each."""
        return self.report(many.apply(tuple(self.lines()), operations.file_incoming))


class PassOnMany(Report, PicksAddressees, OperationForm):
    """Pass on all chosen documents to the same recipients, with one directive and one deadline."""

    schema = ITransfer
    template = ViewPageTemplateFile("templates/registers_pass_on.pt")
    picker_template = Transfer.template
    label = _("Pass on")
    submit_label = _("Pass on")
    page_styles = ("registers.css",)
    #: the frame shows the label of the form
    title = label

    def __call__(self) -> Any:
        """Ask to whom; then do it and tell."""
        assert_meant()
        self.read_sent()
        try:
            self.documents = self.lines()
        except Refused as refused:
            IStatusMessage(self.request).addStatusMessage(self.say(refused.message), type="error")
            return self.redirect(self.address())
        self.update()
        if self.outcomes is not None:
            return self.report(self.outcomes)
        return self.render()

    @property
    def suggestions(self) -> str:
        """Where recipients are looked up."""
        return f"{self.home}/d/{next(iter(self.documents))}/@@addressees.json" if self.documents else ""

    @property
    def back(self) -> str:
        """Cancel leads to the register."""
        return self.address()

    def updateWidgets(self, prefix: str | None = None) -> None:
        """A directive has room for more than two lines."""
        super().updateWidgets(prefix)
        self.widgets["directive"].rows = 3

    def carry_out(self, perform: Any) -> None:
        """Check the input; what is refused of single documents is told of each."""
        data, errors = self.extractData()
        if errors:
            self.error = self.say(_("Some fields need another look. What you typed is still here."))
            return
        try:
            people = self.picked()
        except Refused as refused:
            self.show(refused)
            return
        if not people:
            self.error = self.say(_("Name at least one recipient."))
            return
        self.outcomes = many.apply(
            tuple(self.documents), lambda uid: _pass_on(uid, people, data["directive"] or "", data["deadline"])
        )


def _pass_on(uid: str, people: list[Any], directive: str, deadline: Any) -> None:
    # the reason for most refusals is found before anything is written
    require(rules.may("transfer", access.readable(uid)))
    operations.transfer(uid, people, directive=directive, deadline=deadline)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
