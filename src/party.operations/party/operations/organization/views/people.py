"""People of a unit and their accounts (cán bộ, tài khoản, chức trách): kept by the unit's own administrator."""

from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.accounts import random_password
from party.operations.organization.tables import posts
from party.operations.organization.views.base import UnitForm
from party.operations.organization.views.dated import day_after
from party.operations.organization.views.pickers import person_picker
from party.operations.organization.vocabularies import FUNCTIONS


class IDetails(Interface):
    """What is known of a person."""

    full_name = schema.TextLine(title=_("Full name"), max_length=200)
    phone = schema.TextLine(title=_("Phone"), required=False, default="", max_length=40)
    email = schema.TextLine(title=_("E-mail"), required=False, default="", max_length=200)


class IPost(Interface):
    """What a person does in the unit."""

    function = schema.Choice(title=_("Function"), vocabulary="party.operations.functions")
    title = schema.TextLine(
        title=_("Title of the post"),
        description=_("As printed under a signature, such as Deputy Head of Office."),
        required=False,
        default="",
        max_length=200,
    )
    from_day = schema.Date(title=_("From day"), defaultFactory=clock.today)
    last_day = schema.Date(title=_("Last day"), description=_("Empty while it is not known."), required=False)


class INewPerson(IDetails):
    """A new account."""

    login = schema.TextLine(
        title=_("Login"), description=_("Small letters, digits, dots. It stays for ever."), max_length=80
    )


class INewPersonWithPost(INewPerson, IPost):
    """A new account with its first post."""


class IAppointment(IPost):
    """A post for somebody who has an account."""

    person = schema.TextLine(title=_("Person"), description=_("Name or login."))


class PeopleForm(UnitForm):
    """A form below the heading of the people of a unit."""

    part = "people"


class ShowsPassword(PeopleForm):
    """A form whose answer is a password, shown this once."""

    shown = ViewPageTemplateFile("templates/password_shown.pt")
    #: the password, when it was done
    password = ""
    #: whose it is
    person_name = ""
    login = ""

    def render(self) -> str:
        """The form, or the password; the page with the password is kept nowhere."""
        if not self.password:
            return super().render()
        self.request.response.setHeader("Cache-Control", "no-store")
        return self.shown()


class CreatePerson(ShowsPassword):
    """Makes an account and gives it its first post."""

    schema = INewPersonWithPost
    label = _("Create an account")
    hint = _("The first password is shown once. It must be changed at the first login.")
    submit_label = _("Create the account")
    unchosen = ("function",)
    done = _("The account was created.")
    layout = (
        (_("Person"), ("full_name", "login", "phone", "email")),
        (_("Post in this unit"), ("function", "title", "from_day", "last_day")),
    )

    def perform(self, data: dict[str, Any]) -> str:
        """Make both or nothing; there is nowhere to go on to, the password is shown here."""
        password = random_password()
        with turn.turn():
            person = operations.create_person(
                self.uid,
                data["login"],
                data["full_name"],
                password,
                email=data["email"] or "",
                phone=data["phone"] or "",
            )
            _appoint(person, self.uid, data)
        self.password, self.person_name, self.login = password, data["full_name"], lookup.person(person).login
        return ""


class Appoint(PeopleForm):
    """Gives a person who has an account a function in the unit."""

    schema = IAppointment
    pickers = (("person", person_picker),)
    label = _("Appoint somebody")
    hint = _("For a person who has an account already. A new person gets an account first.")
    submit_label = _("Appoint")
    unchosen = ("function",)
    done = _("The person was appointed.")
    layout = ((_("Person"), ("person",)), (_("Post in this unit"), ("function", "title", "from_day", "last_day")))

    def act(self, data: dict[str, Any]) -> None:
        """Appoint."""
        _appoint(data["person"], self.uid, data)


class IPostEnd(Interface):
    """The end of a post."""

    until = schema.Date(title=_("No longer held from"), defaultFactory=clock.today)


class EndPost(PeopleForm):
    """Ends the post that the address names."""

    schema = IPostEnd
    label = _("End a post")
    hint = _("What the person did stays under the name; what was routed to the function goes to who holds it then.")
    submit_label = _("End the post")
    done = _("The post ends on that day.")

    def update(self) -> None:
        """Find the post; it belongs to this unit."""
        number = str(self.request.get("post", ""))
        wanted = sa.select(posts).where(
            posts.c.id == (int(number) if number.isdigit() else 0), posts.c.unit == self.uid
        )
        self.post = turn.row(wanted)
        if self.post is None:
            raise Missing(_("There is no such post."))
        super().update()

    @property
    def about(self) -> str:
        """Whose post it is."""
        name = lookup.person(self.post.person).full_name
        return f"{name} – {self.say(FUNCTIONS[self.post.function])}, {self.row.title}"

    @property
    def action(self) -> str:
        """The post goes along."""
        return self.with_query(post=str(self.post.id))

    def act(self, data: dict[str, Any]) -> None:
        """End it."""
        operations.end_post(self.post.id, data["until"])


class PersonForm(PeopleForm):
    """A form for the account of the person that the address names."""

    def update(self) -> None:
        """Find the person."""
        self.person = lookup.person(str(self.request.get("person", "")))
        super().update()

    def rule(self) -> "bool | No":
        """Who administers every unit the person serves in."""
        return rules.may_keep_person(self.person.id)

    @property
    def about(self) -> str:
        """Who it is."""
        return f"{self.person.full_name} ({self.person.login})"

    @property
    def action(self) -> str:
        """The person goes along."""
        return self.with_query(person=self.person.id)


class ChangePerson(PersonForm):
    """Corrects the name, phone or mail address."""

    schema = IDetails
    label = _("Correct the details of a person")
    done = _("The details were corrected.")

    def updateWidgets(self, prefix: str | None = None) -> None:
        """What is recorded stands in the fields."""
        super().updateWidgets(prefix)
        if self.request.get("REQUEST_METHOD") != "POST":
            for name in IDetails.names():
                self.widgets[name].value = getattr(self.person, name)

    def act(self, data: dict[str, Any]) -> None:
        """Correct them."""
        operations.change_person(self.person.id, **{name: value or "" for name, value in data.items()})


class ResetPassword(ShowsPassword, PersonForm):
    """Gives a person a new first password."""

    label = _("Reset the password")
    hint = _("The present password ends. The new one is shown once and must be changed at the next login.")
    submit_label = _("Reset the password")
    done = _("The password was reset.")

    def perform(self, data: dict[str, Any]) -> str:
        """Reset it; it is shown here."""
        self.password = operations.reset_password(self.person.id)
        self.person_name, self.login = self.person.full_name, self.person.login
        return ""


class IReason(Interface):
    """Why something is done."""

    reason = schema.TextLine(title=_("Reason"), max_length=300)


class DeactivatePerson(PersonForm):
    """Closes an account."""

    schema = IReason
    label = _("Close the account")
    hint = _(
        "The person can no longer log in and all posts end today. What the person did stays under the name. The "
        "account and its login are never used again."
    )
    submit_label = _("Close the account")
    done = _("The account was closed.")

    def act(self, data: dict[str, Any]) -> None:
        """Close it."""
        operations.deactivate_person(self.person.id, data["reason"])


def _appoint(person: str, unit: str, data: dict[str, Any]) -> None:
    operations.appoint(
        person,
        unit,
        data["function"],
        title=data["title"] or "",
        from_day=data["from_day"],
        until=day_after(data["last_day"]),
    )
