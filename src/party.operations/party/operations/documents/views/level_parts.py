"""Độ mật on pages and forms: the field that proposes a level, and what the page of a document shows of it."""

from collections.abc import Callable
from collections.abc import Collection
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.documents import files
from party.operations.documents import purging
from party.operations.documents import rules
from party.operations.documents.expiry import EXPIRES_WITHIN
from party.operations.documents.operations import making
from party.operations.documents.operations.levels import proposal_of
from party.operations.ledger import clock
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup


#: heading and fields of a form that proposes a level
LAYOUT = (_("Confidentiality"), ("level", "basis"))


def level_field(among: Collection[str]) -> schema.Choice:
    """A choice among some levels."""
    terms = [SimpleTerm(each, each, levels.LEVELS[each]) for each in levels.LEVELS if each in among]
    return schema.Choice(__name__="level", title=_("Level"), vocabulary=SimpleVocabulary(terms))


def basis_field(required: bool) -> schema.TextLine:
    """Căn cứ."""
    return schema.TextLine(
        __name__="basis",
        title=_("Legal basis"),
        description=_("The list of secrets and its point, for what is classified."),
        required=required,
        default="",
        missing_value="",
        max_length=500,
    )


class TakesLevel:
    """Mixin for an :class:`.OperationForm` that makes a document; it stands before that class in the bases.

    Only levels that the person may use in this zone are offered; where that is none there is no field. What is sent
    all the same is refused with the reason, and the files that came with it are not kept.
    """

    #: the level that was asked for
    level = levels.NORMAL
    #: the document is at least as high as this
    least = levels.NORMAL

    @property
    def offered(self) -> list[str]:
        """The levels to choose from."""
        held = principals.levels_of(actor.current())
        return [each for each in held if levels.rank(each) >= levels.rank(self.least)]

    def updateFields(self) -> None:
        """Level and basis, for who may work with secrets here."""
        super().updateFields()  # type: ignore[misc]
        if self.offered != [levels.NORMAL]:
            own = type(self.fields)  # type: ignore[has-type]
            self.fields = own(level_field(self.offered), basis_field(required=False)) + self.fields  # type: ignore[has-type]

    def carry_out(self, perform: Callable[[dict[str, Any]], str]) -> None:
        """Look at the level before anything else."""
        try:
            self.level = self.level_asked()
        except Refused as refused:
            self.forget_files()
            self.extractData()  # type: ignore[attr-defined]
            self.show(refused)  # type: ignore[attr-defined]
            return
        super().carry_out(perform)  # type: ignore[misc]

    def level_asked(self) -> str:
        """The level in the request, whether or not the form has the field; raises what the operation would."""
        sent = self.request.form.get("form.widgets.level") or ""  # type: ignore[attr-defined]
        asked = [levels.parse(str(each)) for each in (sent if isinstance(sent, list) else [sent])]
        level = max(asked, key=levels.rank)
        self.check_level(level)
        return level

    def check_level(self, level: str) -> None:
        """May the person make something of this level here?"""
        making.check_level(level)

    def forget_files(self) -> None:
        """Nothing stays of files that came with what must not be here."""
        for each in getattr(self, "uploads", ()):
            files.discard(each.token)
        self.uploads: list[files.Upload] = []

    def level_of(self, data: dict[str, Any]) -> dict[str, str]:
        """What the operation gets."""
        return {"level": self.level, "basis": data.get("basis") or ""}


class ShowsLevel:
    """Mixin of the page of a document: its stamp, why and until when it is classified, what is proposed."""

    level_part = ViewPageTemplateFile("templates/level_part.pt")

    document: Any
    uid: str
    address: str
    say: Callable[[Any], str]
    day: Callable[[Any], str]

    #: the row of the register of a received document
    entered: Any = None

    @property
    def level_label(self) -> str:
        """Mật, Tối mật; "" for what is not classified."""
        return stamp(self, self.document.level)

    @property
    def level_notice(self) -> str:
        """The level the sender has given the document since, until the clerk has taken note."""
        notice = getattr(self.entered, "level_notice", "")
        return self.say(levels.LEVELS[notice]) if notice else ""

    @property
    def may_acknowledge(self) -> bool:
        """Is the person the one who takes note?"""
        return bool(rules.may("acknowledge_level", self.document))

    @property
    def classification(self) -> list[dict[str, Any]]:
        """Căn cứ, ai đề xuất, ai quyết định, thời hạn bảo vệ, sao chụp."""
        found = self.document.classification
        if found is None:
            return []
        names = lookup.names([found.proposed_by, found.decided_by])
        system = self.say(_("the system"))
        proposed, decided = (names.get(each, system) for each in (found.proposed_by, found.decided_by))
        soon = found.protected_until <= clock.today() + EXPIRES_WITHIN
        return [
            {"label": _("Legal basis"), "value": found.basis or self.say(_("not stated")), "late": not found.basis},
            {"label": _("Proposed by"), "value": proposed, "late": False},
            {
                "label": _("Decided by"),
                "value": f"{decided}, {self.day(found.decided_on)}"
                if found.decided_by
                else self.say(_("nobody yet: a leader of the unit decides")),
                "late": not found.decided_by,
            },
            {"label": _("Protected until"), "value": self.day(found.protected_until), "late": soon},
            {
                "label": _("Copying"),
                "value": self.say(_("allowed") if found.copying else _("not allowed")),
                "late": False,
            },
        ]

    @property
    def lowering(self) -> dict[str, Any] | None:
        """The lower level that waits for somebody's decision."""
        asked = proposal_of(self.uid)
        return None if asked is None else proposal(self, asked)

    @property
    def purged(self) -> dict[str, Any] | None:
        """When traces from before were removed, and which backups still hold them."""
        done = purging.report(self.uid) if self.document.level != levels.NORMAL else None
        return None if done is None else {"at": done.at, "backups": ", ".join(done.details.get("backups") or ())}


def stamp(page: Any, level: str) -> str:
    """The stamp of a level as pages write it; "" for what is not classified."""
    return "" if level == levels.NORMAL else page.say(levels.LEVELS[level])


def proposal(page: Any, asked: Any) -> dict[str, Any]:
    """A proposed lower level, as pages write it."""
    return {
        "level": page.say(levels.LEVELS[asked.level]),
        "by": lookup.names([asked.proposed_by]).get(asked.proposed_by, ""),
        "at": asked.proposed_at,
        "reason": asked.reason,
        "basis": asked.basis,
    }
