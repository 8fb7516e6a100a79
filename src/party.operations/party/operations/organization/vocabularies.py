"""Words of the organisation: kinds of units, functions, regimes, code schemes."""

from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _


#: loại đơn vị
KINDS = {
    "central_committee": _("Central Committee"),
    "central_body": _("Central body"),
    "provincial_committee": _("Provincial committee"),
    "board": _("Board"),
    "office": _("Office"),
    "party_committee": _("Party committee"),
    "commune": _("Commune"),
    "room": _("Room"),
}

#: kinds whose units keep books of their own when nothing else is said
KINDS_WITH_BOOKS = frozenset(KINDS) - {"room"}

#: chức năng trong đơn vị
FUNCTIONS = {
    "leader": _("Leader"),
    "office_head": _("Head of office"),
    "clerk": _("Clerk"),
    "deputy_clerk": _("Deputy clerk"),
    "room_head": _("Head of room"),
    "officer": _("Officer"),
    "archivist": _("Archivist"),
    "unit_admin": _("Unit administrator"),
}

#: functions that receive and register for a unit, in the order in which they are called upon
REGISTRY_FUNCTIONS = ("clerk", "deputy_clerk", "office_head")

#: chế độ văn thư
REGIMES = {
    "party": _("Party: one series per type in a congress term"),
    "state": _("State: one series per type in a calendar year"),
}

#: hệ mã định danh
SCHEMES = {
    "qcvn102": _("QCVN 102:2016"),
    "qd20": _("Decision 20/2020"),
    "party": _("Party agencies (A…)"),
    "other": _("Other"),
}


def vocabulary(words: dict[str, str]) -> SimpleVocabulary:
    """A vocabulary of ``words`` in their order."""
    return SimpleVocabulary([SimpleTerm(key, key, label) for key, label in words.items()])


@provider(IVocabularyFactory)
def kinds(context: object) -> SimpleVocabulary:
    """Kinds of units."""
    return vocabulary(KINDS)


@provider(IVocabularyFactory)
def functions(context: object) -> SimpleVocabulary:
    """Functions in a unit."""
    return vocabulary(FUNCTIONS)


@provider(IVocabularyFactory)
def regimes(context: object) -> SimpleVocabulary:
    """Clerical regimes."""
    return vocabulary(REGIMES)


@provider(IVocabularyFactory)
def schemes(context: object) -> SimpleVocabulary:
    """Schemes of agency codes."""
    return vocabulary(SCHEMES)
