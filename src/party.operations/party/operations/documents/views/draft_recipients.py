"""Nơi nhận in forms: choosing units, groups of units and names outside the system, and the way of sending for each."""

from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import recipients
from party.operations.documents.tables import outgoing
from party.operations.documents.vocabularies import CHANNELS
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import codes
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import KINDS
from party.operations.organization.vocabularies import KINDS_WITH_BOOKS
from party.operations.text.folding import fold
from party.operations.ui.suggest import Suggestions


#: suggestions shown at a time
SHOWN = 12
#: said of a name that is no unit
OUTSIDE = _("not in the system: on paper")
#: drafts of a person in which his last recipients are looked for
DRAFTS = 10

Plain = dict[str, Any]


def key_of(plain: Plain) -> str:
    """One recipient as a form carries it: ``unit:<uid>``, ``group:<kind>:<within>`` or ``name:<text>``."""
    if plain.get("unit"):
        return f"unit:{plain['unit']}"
    if plain.get("group"):
        return f"group:{plain['group']}:{plain.get('within', '')}"
    return f"name:{plain.get('name', '')}"


def plain_of(key: str, channel: str) -> Plain:
    """The recipient of a form's value, as :func:`.recipients.check_plain` reads it."""
    kind, _mark, rest = key.partition(":")
    if kind == "group":
        group, _mark, within = rest.partition(":")
        return {"group": group, "within": within, "channel": channel}
    return {"unit" if kind == "unit" else "name": rest, "channel": channel}


class TakesRecipients:
    """Mixin for an :class:`.OperationForm` with recipients; ``perform`` finds them in ``recipients``.

    The form's template shows the picker by ``structure view/recipients_field``. What was picked comes back as records
    ``recipients`` of ``id`` and ``channel`` and is shown again whatever else is wrong; before that the picker holds
    ``recipients_before``.
    """

    recipients_field = ViewPageTemplateFile("templates/draft_recipients.pt")
    recipients_label = _("Recipients")
    recipients_hint = _(
        "Type any part of a name or code, without accents if you like. A name that the system does not know gets it on "
        "paper."
    )
    #: what is wrong with the recipients, or ""
    recipients_problem = ""

    @property
    def recipients_before(self) -> list[Plain]:
        """Recipients that the form begins with."""
        return []

    @property
    def recipients(self) -> list[Plain]:
        """The recipients picked."""
        sent = self.request.form.get("recipients")  # type: ignore[attr-defined]
        records = sent if isinstance(sent, list) else []
        picked = [
            plain_of(str(each.get("id", "")), str(each.get("channel", ""))) for each in records if hasattr(each, "get")
        ]
        return [each for each in picked if any(each.get(name) for name in ("unit", "group", "name"))]

    def picked(self) -> list[dict[str, Any]]:
        """Rows of the picker: ``{id, label, hint, channel}``."""
        posted = self.request.get("REQUEST_METHOD") == "POST"  # type: ignore[attr-defined]
        return rows(self.recipients if posted else self.recipients_before)

    def channels(self) -> list[dict[str, str]]:
        """Ways of sending, for the select of each row."""
        return [{"key": key, "label": self.say(label)} for key, label in CHANNELS.items()]  # type: ignore[attr-defined]

    def show(self, refused: Refused) -> None:
        """A refusal of a recipient is shown at the picker too."""
        super().show(refused)  # type: ignore[misc]
        if isinstance(refused, Invalid) and refused.field == "recipients":
            self.recipients_problem = self.say(refused.message)  # type: ignore[attr-defined]


def rows(plain: list[Plain]) -> list[dict[str, Any]]:
    """Recipients as rows of the picker, with names; a unit that was closed says so."""
    wanted = {str(each["unit"]) for each in plain if each.get("unit")}
    known = {each.uid: each for each in turn.rows(sa.select(units).where(units.c.uid.in_(wanted)))}
    shown = []
    for each in plain:
        row = known.get(str(each.get("unit", "")))
        open_ = True if row is None else organization_rules.is_open(row)
        shown.append(
            {
                "id": key_of(each),
                "label": row.title if row is not None else _label(each),
                "problem": "" if open_ else open_.reason,
                "channel": each.get("channel") or "electronic",
            }
        )
    return shown


def _label(plain: Plain) -> str:
    """The name of a group or of somebody outside the system; "?" for what the operation will refuse."""
    group, within = plain.get("group", ""), plain.get("within", "")
    if plain.get("name") or (group in KINDS and (not within or lookup.find_unit(within) is not None)):
        return recipients.describe([plain])
    return "?"


class SuggestedRecipients(Suggestions):
    """Suggestions for the picker of recipients."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Whom ``text`` may mean: last recipients of the person, groups, units, the name as it stands."""
        found: dict[str, dict[str, str]] = {}
        for each in (*self._recent(text), *self._groups(text), *self._units(text), *self._name(text)):
            found.setdefault(each["id"], each)
        kept = list(found.values())
        # the name as typed stays in reach however many units are found
        return kept if len(kept) <= SHOWN else [*kept[: SHOWN - 1], kept[-1]]

    def _recent(self, text: str) -> list[dict[str, str]]:
        return [
            {
                "id": each["id"],
                "label": each["label"],
                "hint": self.say(OUTSIDE if each["id"].startswith("name:") else _("recently")),
            }
            for each in rows(_last_recipients())
            if not each["problem"] and _has(text, fold(each["label"]))
        ][: SHOWN // 2]

    def _units(self, text: str) -> list[dict[str, str]]:
        if not text:
            return []
        found = _units_like(text)
        above = lookup.unit_titles({each.parent for each in found})
        return [{"id": f"unit:{each.uid}", "label": each.title, "hint": above.get(each.parent, "")} for each in found]

    def _groups(self, text: str) -> list[dict[str, str]]:
        """Groups that exist around the person's own organs, or in a unit whose name was typed."""
        if not text:
            return []
        named = [each.uid for each in _units_like(text)[:2]]
        around = [above for each in lookup.posts_of(actor.current()) for above in lookup.ancestors(each.unit)]
        found = []
        for within in dict.fromkeys([*around, *named]):
            for kind, count in _kinds_within(within).items():
                label = recipients.describe([{"group": kind, "within": within}])
                if _has(text, fold(label)):
                    hint = self.say(_("${count} units", mapping={"count": count}))
                    found.append({"id": f"group:{kind}:{within}", "label": label, "hint": hint})
        return found[: SHOWN // 2]

    def _name(self, text: str) -> list[dict[str, str]]:
        if len(text) < 2:
            return []
        return [{"id": f"name:{text}", "label": text, "hint": self.say(OUTSIDE)}]


def _has(text: str, folded: str) -> bool:
    """Does every word of what was typed stand somewhere in a folded name?"""
    return all(word in folded for word in fold(text).split())


def _units_like(text: str) -> "list[sa.Row[Any]]":
    """Open units with registers that have a code, or every word of ``text`` in their name, in tree order."""
    coded = sa.select(codes.c.unit).where(codes.c.key == text.strip().upper())
    named = sa.and_(sa.true(), *(units.c.folded.contains(word, autoescape=True) for word in fold(text).split()))
    return turn.rows(
        sa.select(units)
        .where(
            sa.or_(units.c.uid.in_(coded), named),
            units.c.organ == units.c.uid,
            sa.or_(units.c.closed_on.is_(None), units.c.closed_on > clock.today()),
        )
        .order_by(units.c.tree_order)
        .limit(SHOWN)
    )


def _last_recipients() -> list[Plain]:
    """Whom the person's last drafts are for, the newest draft first."""
    mine = sa.select(outgoing.c.uid).join(items, items.c.uid == outgoing.c.uid)
    mine = (
        mine.where(outgoing.c.drafter == actor.current(), items.c.level == NORMAL)
        .order_by(items.c.id.desc())
        .limit(DRAFTS)
    )
    listed = [each for row in turn.rows(mine) for each in access.unrestricted(row.uid).recipients]
    return list({key_of(each): each for each in listed}.values())


def _kinds_within(within: str) -> dict[str, int]:
    """How many open units of each kind there are below a unit; rooms and single units are no group."""
    found = turn.rows(
        sa.select(units.c.kind, sa.func.count().label("count"))
        .where(
            units.c.lineage.contains(f"/{within}/", autoescape=True),
            units.c.uid != within,
            units.c.organ == units.c.uid,
            units.c.closed_on.is_(None),
        )
        .group_by(units.c.kind)
        .order_by(units.c.kind)
    )
    return {each.kind: each.count for each in found if each.count > 1 and each.kind in KINDS_WITH_BOOKS}
