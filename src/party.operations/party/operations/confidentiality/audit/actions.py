"""What the journal records (loại sự kiện): names that stand in records, and their labels for people."""

from party.operations import _


#: labels by the name that stands in a record; an area adds its own when it is imported
ACTIONS: dict[str, str] = {
    "reveal": _("Content read"),
    "list": _("List read"),
    "download": _("File downloaded"),
    "print": _("Printed"),
    "transfer": _("Transferred"),
    "create": _("Created"),
    "change": _("Content changed"),
    "issue": _("Issued"),
    "delete": _("Deleted"),
    "export": _("Exported"),
    "propose_level": _("Level proposed"),
    "change_level": _("Level changed"),
    "withdraw_found": _("Withdrawn where it did not belong"),
    "clearance_propose": _("Clearance proposed"),
    "clearance_grant": _("Clearance granted"),
    "clearance_reject": _("Clearance rejected"),
    "clearance_revoke": _("Clearance revoked"),
    "officer_appoint": _("Security officer appointed"),
    "officer_dismiss": _("Security officer dismissed"),
    "explain": _("Access explained"),
    "broken_seal": _("Damaged ciphertext met"),
    "tampered": _("Forged register entry met"),
    "key_renew": _("Key renewed"),
    "key_withhold": _("Key withheld"),
    "key_restore": _("Key back in service"),
    "login_failed": _("Login failed"),
    "audit_read": _("Journal read"),
    "audit_export": _("Journal exported"),
    "audit_verify": _("Journal verified"),
    "stream_lost": _("Process ended without closing its stream"),
    "stream_closed": _("Process ended"),
    "anchored": _("Anchor written"),
    "day_signed": _("Day signed"),
}

#: what the journal writes about itself; lists leave it out unless it is asked for
OWN = ("stream_closed", "anchored", "day_signed")

OUTCOMES: dict[str, str] = {"done": _("Done"), "refused": _("Refused")}


def label(action: str) -> str:
    """The label of an action; its name where nobody gave one."""
    return ACTIONS.get(action, action)
