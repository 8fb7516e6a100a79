"""What several addresses of mergers take."""

from party.operations.organization.services.references import UNIT
from party.operations.organization.vocabularies import KINDS
from party.operations.rest import shapes


#: a unit that a plan is to make
NEW_UNIT = shapes.record(
    required=("title", "kind"),
    title=shapes.text(longest=200),
    kind=shapes.text(among=tuple(KINDS)),
    parent=UNIT,
    position=shapes.whole(least=0),
)
