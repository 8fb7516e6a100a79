"""Identification codes of agencies (mã định danh cơ quan) in the schemes in use side by side.

QCVN 102:2016/BTTTT   000.00.00.H49   V1V2V3.Z1Z2.Y1Y2.MX, 13 characters, the root last
QĐ 20/2020/QĐ-TTg     G09.31.00       groups with dots, the root first, at most 35 characters
Party                 A01.02          the same form, below the roots A01 to A99
other                 28.22.H17       whatever else a partner system uses as an address
"""

import re
from enum import StrEnum

from .normalize import clean_line


#: characters of a code of QĐ 20/2020/QĐ-TTg
MAX_LENGTH = 35
#: characters of a code of no known scheme
MAX_OTHER_LENGTH = 100

_QCVN_102 = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z](?!00)[0-9]{2}")
_ROOT = re.compile(r"[A-Z](?!00)[0-9]{2}")
_CHARACTERS = re.compile(r"[A-Z0-9.]*")


class Scheme(StrEnum):
    """Who gave the code its form."""

    QCVN_102 = "qcvn102"
    QD_20 = "qd20"
    PARTY = "party"
    OTHER = "other"


class CodeProblem(StrEnum):
    """Why a value is no code of its scheme; the caller has the sentence for the user."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    BAD_CHARACTER = "bad-character"
    EMPTY_GROUP = "empty-group"
    BAD_ROOT = "bad-root"
    BAD_FORM = "bad-form"


class AgencyCodeError(ValueError):
    """A value that is no code of ``scheme``: ``reason`` says why, ``value`` is what was given."""

    def __init__(self, scheme: Scheme, reason: CodeProblem, value: str) -> None:
        super().__init__(f"{value!r} is not an agency code of the scheme {scheme} ({reason}).")
        self.scheme = scheme
        self.reason = reason
        self.value = value


def normalise(value: str) -> str:
    """``value`` as codes are kept and looked up: capitals, no white space, no dot at the ends."""
    return clean_line("".join(value.split()).upper()).strip(".")


def detect(value: str) -> Scheme:
    """The scheme whose form ``value`` has; ``OTHER`` when it has none of them."""
    for scheme in (Scheme.QCVN_102, Scheme.PARTY, Scheme.QD_20):
        if _problem(scheme, normalise(value)) is None:
            return scheme
    return Scheme.OTHER


def validate(scheme: Scheme, value: str) -> str:
    """``value`` normalised as a code of ``scheme``; raises ``AgencyCodeError`` when it is none.

    The form alone is looked at: whether the code was ever given to an agency, no rule tells.
    """
    code = normalise(value)
    problem = _problem(scheme, code)
    if problem is not None:
        raise AgencyCodeError(scheme, problem, value)
    return code


def _problem(scheme: Scheme, code: str) -> CodeProblem | None:
    if not code:
        return CodeProblem.EMPTY
    if scheme is Scheme.OTHER:
        return CodeProblem.TOO_LONG if len(code) > MAX_OTHER_LENGTH else None
    if len(code) > MAX_LENGTH:
        return CodeProblem.TOO_LONG
    if not _CHARACTERS.fullmatch(code):
        return CodeProblem.BAD_CHARACTER
    if ".." in code:
        return CodeProblem.EMPTY_GROUP
    if scheme is Scheme.QCVN_102:
        return None if _QCVN_102.fullmatch(code) else CodeProblem.BAD_FORM
    root = code.partition(".")[0]
    if not _ROOT.fullmatch(root) or root.startswith("A") != (scheme is Scheme.PARTY):
        return CodeProblem.BAD_ROOT
    return None
