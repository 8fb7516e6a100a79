"""What a login, a password and the details of a person must look like (tài khoản)."""

import re
import secrets

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization import fields


_LOGIN = re.compile(r"^[a-z0-9][a-z0-9._-]{2,79}$")
#: shortest password a person may choose
MIN_PASSWORD = 10


#: letters and digits that are not taken for one another when a password is read out or copied from paper
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """A first password such as ``k7mp-x2qa-9tnd``; three groups of four carry 59 bits."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _letter in range(4)) for _group in range(3))


def clean_login(login: str) -> str:
    """The login as it is kept; raises :class:`Invalid` when it cannot be one."""
    cleaned = login.strip().lower()
    if not _LOGIN.match(cleaned):
        raise Invalid(
            _(
                "A login has 3 to 80 characters: a–z, 0–9, dot, hyphen or underscore, and begins with a letter or "
                "digit."
            ),
            "login",
        )
    return cleaned


def check_password(password: str, field: str = "new") -> None:
    """Raise :class:`Invalid` unless a password is long enough and not of one kind of character only."""
    kinds = sum(bool(re.search(each, password)) for each in (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]"))
    if len(password) < MIN_PASSWORD or kinds < 2:
        raise Invalid(
            _(
                "A password has at least ${count} characters of at least two kinds: small letters, capitals, digits, "
                "signs.",
                mapping={"count": MIN_PASSWORD},
            ),
            field,
        )


def check_details(*, full_name: str = "-", email: str = "", phone: str = "") -> None:
    """Raise :class:`Invalid` when the details of a person, those that are given, do not fit their columns."""
    if not full_name:
        raise Invalid(_("Give the person's full name."), "full_name")
    fields.check_length(full_name, 200, "full_name")
    fields.check_length(email, 200, "email")
    fields.check_length(phone, 40, "phone")
