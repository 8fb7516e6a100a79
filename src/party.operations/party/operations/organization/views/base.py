"""What pages and forms of a unit share (trang, biểu mẫu của đơn vị): its row, its address, who may keep it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.interfaces import IFieldWidget

from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.ui.forms import OperationForm
from party.operations.ui.pages import Page


class UnitPart(Page):
    """Mixin: the unit a page or form is about."""

    @cached_property
    def uid(self) -> str:
        """uid of the unit."""
        return self.context.UID()

    @cached_property
    def row(self) -> "sa.Row[Any]":
        """The unit's row."""
        return lookup.unit(self.uid)

    @property
    def address(self) -> str:
        """The stable address of the unit."""
        return f"{self.home}/u/{self.uid}"

    @cached_property
    def may_administer(self) -> "bool | No":
        """The rule of everything an administrator does here."""
        return rules.may_administer(self.uid)


class RuledForm(OperationForm):
    """A form that is drawn only for who may use it; anybody else sees the reason. The operation asks again."""

    template = ViewPageTemplateFile("templates/form.pt")
    #: what the form is about, as a link under the title
    about = ""
    #: widget factories by the name of a field that is no plain text
    pickers: tuple[tuple[str, Callable[[Any, Any], IFieldWidget]], ...] = ()
    #: choices that begin with none chosen
    unchosen: tuple[str, ...] = ()
    #: why the person may not do it, or ""
    refusal = ""

    def rule(self) -> "bool | No":
        """May the person do it?"""
        return rules.may_set_up()

    def update(self) -> None:
        """Ask the rule before the form is drawn; a form that is sent is answered by the operation."""
        if self.request.get("REQUEST_METHOD") != "POST":
            answer = self.rule()
            if not answer:
                self.refusal = self.say(answer.reason)
                self.request.response.setStatus(403)
        super().update()

    def with_query(self, **query: str) -> str:
        """The form's own address with what it is about; a form that is sent keeps it."""
        return f"{self.request.getURL()}?{urlencode(query)}"

    def updateFields(self) -> None:
        """Give the fields of ``pickers`` their widgets."""
        super().updateFields()
        for name, factory in self.pickers:
            self.fields[name].widgetFactory = factory

    def updateWidgets(self, prefix: str | None = None) -> None:
        """Let the choices of ``unchosen`` ask to be made."""
        super().updateWidgets(prefix)
        for name in self.unchosen:
            self.widgets[name].prompt = True
            self.widgets[name].update()


class UnitForm(UnitPart, RuledForm):
    """A form for one verb on one unit; subclasses implement ``act``. The way back is the unit's page."""

    #: the part of the page the person came from
    part = ""

    def rule(self) -> "bool | No":
        """The unit's administrators."""
        return self.may_administer

    @property
    def back(self) -> str:
        """Cancel leads to the unit."""
        return f"{self.address}#{self.part}" if self.part else self.address

    @property
    def about(self) -> str:
        """The name of the unit, under the title of the form."""
        return self.row.title

    def perform(self, data: dict[str, Any]) -> str:
        """Call the operation; the way back is the unit."""
        self.act(data)
        return self.back

    def act(self, data: dict[str, Any]) -> None:
        """Call the operation of the verb."""
        raise NotImplementedError
