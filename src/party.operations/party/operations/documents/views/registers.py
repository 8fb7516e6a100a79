"""The registers of a unit (sổ văn bản): what its page shows of them, and the forms of its administrator."""

from types import MappingProxyType
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.field import Fields
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.documents import operations
from party.operations.documents.content import IRegister
from party.operations.documents.operations.registers import registers
from party.operations.ledger.errors import Missing
from party.operations.organization import rules
from party.operations.organization.views.base import UnitForm
from party.operations.organization.views.base import UnitPart


class UnitRegisters(UnitPart):
    """The part of a unit's page about its registers."""

    template = ViewPageTemplateFile("templates/unit_registers.pt")

    def __call__(self) -> str:
        """The part, as HTML."""
        return self.template()

    def books(self) -> list[Any]:
        """The books of documents that arrive, by name; documents that leave are listed by type and period."""
        return registers(self.uid, "incoming", open_only=False)

    @property
    def may_change(self) -> bool:
        """Are the ways to the forms shown?"""
        return bool(self.may_administer and rules.is_open(self.row))


class INewRegister(Interface):
    """A new book."""

    title = schema.TextLine(title=_("Name"), description=_("Such as Register of incoming documents."), max_length=200)


class CreateRegister(UnitForm):
    """Opens a book."""

    schema = INewRegister
    part = "registers"
    label = _("Open a register")
    hint = _("Each book of incoming documents has numbers of its own, from 1 in each calendar year.")
    submit_label = _("Open the register")
    done = _("The register was opened.")

    def act(self, data: dict[str, Any]) -> None:
        """Open it."""
        operations.create_register(self.uid, data["title"])


class ChangeRegister(UnitForm):
    """Renames or closes the book that the address names."""

    fields = Fields(IRegister).omit("direction")
    helps = MappingProxyType({"closed": _("Nothing more is entered; its documents and numbers stay and can be read.")})
    part = "registers"
    label = _("Change a register")
    done = _("The register was changed.")
    ignoreContext = False

    def update(self) -> None:
        """Find the book; it belongs to this unit."""
        wanted = str(self.request.get("register", ""))
        books = registers(self.uid, "incoming", open_only=False)
        self.book = next((book for book in books if book.UID() == wanted), None)
        if self.book is None:
            raise Missing(_("There is no such register."))
        super().update()

    def getContent(self) -> Any:
        """The fields show the book."""
        return self.book

    @property
    def action(self) -> str:
        """The book goes along."""
        return self.with_query(register=self.book.UID())

    def act(self, data: dict[str, Any]) -> None:
        """Change it."""
        operations.change_register(self.uid, self.book.UID(), title=data["title"], closed=bool(data["closed"]))
