"""Forms that call one operation (biểu mẫu): gather input, call it, show what it answered.

A refusal is shown beside the field at fault and nothing that was typed is lost. The operation alone decides; a form
never writes by itself.
"""

from collections.abc import Callable
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import transaction
from plone.app.z3cform.interfaces import ISingleCheckBoxBoolWidget
from plone.autoform.form import AutoExtensibleForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from z3c.form import button
from z3c.form import form
from z3c.form.interfaces import DISPLAY_MODE
from zope.interface import Interface

from party.operations import _
from party.operations.ledger.errors import DuplicateWarning
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ui.pages import Page


class INothing(Interface):
    """A form without fields."""


class OperationForm(AutoExtensibleForm, form.Form, Page):
    """Base of every form: subclasses name ``schema``, ``label``, ``submit_label`` and implement :meth:`perform`."""

    schema = INothing
    ignoreContext = True
    enable_form_tabbing = False
    template = ViewPageTemplateFile("templates/form.pt")
    #: its macro ``form`` is the layout that templates of other forms fill in
    form_template = template
    css_class = "party-form"

    label = ""
    #: a sentence under the title
    hint = ""
    #: headings and the names of the fields below each, in two columns where there is room
    layout: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: help under a field by its name, where the schema's own does not say what this form means
    helps: Mapping[str, str] = MappingProxyType({})
    submit_label = _("Save")
    #: said after it was done
    done = _("Done.")
    #: where Cancel leads
    back = ""
    #: a last question beside the button, for what cannot be undone
    danger = False

    #: set when the operation asked to be told twice
    duplicate: DuplicateWarning | None = None
    error = ""

    def perform(self, data: dict[str, Any]) -> str:
        """Call the operation and return the address to go to; "" when the form itself shows the answer."""
        raise NotImplementedError

    def updateActions(self) -> None:
        """The one button carries the word of the operation."""
        super().updateActions()
        self.actions["save"].title = self.say(self.submit_label)
        self.actions["save"].klass = "btn btn-primary"

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action: Any) -> None:
        """Check the input, call the operation, go on or show what is wrong."""
        self.carry_out(self.perform)

    def carry_out(self, perform: Callable[[dict[str, Any]], str]) -> None:
        """What a button does: ``perform`` gets the checked input and returns the address to go to."""
        data, errors = self.extractData()
        if errors:
            self.error = self.say(_("Some fields need another look. What you typed is still here."))
            return
        try:
            address = perform(data)
        except Refused as refused:
            # the page that says so is drawn from what is kept, not from the half of an operation
            transaction.abort()
            self.show(refused)
            return
        IStatusMessage(self.request).addStatusMessage(self.said(), type="info")
        if address:
            self.redirect(address)

    def said(self) -> str:
        """What the person is told when it is done."""
        return self.say(self.done)

    def show(self, refused: Refused) -> None:
        """Put a refusal where the person looks: beside its field, or on top."""
        message = self.say(refused.message)
        if isinstance(refused, DuplicateWarning):
            self.duplicate = refused
        widget = self.widgets.get(refused.field) if isinstance(refused, Invalid) else None
        if widget is not None and widget.mode != DISPLAY_MODE:
            widget.error_message = message
        self.error = message

    def sections(self) -> list[dict[str, Any]]:
        """The fields under the headings of ``layout``; without one all of them under none."""
        if not self.layout:
            return [{"heading": "", "widgets": list(self.widgets.values())}]
        sections = [
            {"heading": heading, "widgets": [self.widgets[name] for name in names if name in self.widgets]}
            for heading, names in self.layout
        ]
        return [each for each in sections if each["widgets"]]

    @property
    def confirmed(self) -> bool:
        """Did the person say that it is another paper after a warning?"""
        return bool(self.request.form.get("confirm"))

    @property
    def seen(self) -> int | None:
        """The revision the person saw when the page was drawn."""
        value = self.request.form.get("revision", "")
        return int(value) if str(value).isdigit() else None

    def help_of(self, widget: Any) -> str:
        """The help under a field, or ""; a single checkbox writes its description itself."""
        described = "" if ISingleCheckBoxBoolWidget.providedBy(widget) else widget.field.description
        return self.helps.get(widget.__name__) or described

    def message_of(self, widget: Any) -> str:
        """The error beside a widget, or ""."""
        if getattr(widget, "error_message", ""):
            return widget.error_message
        return self.say(widget.error.message) if widget.error is not None else ""
