"""The verbs of the organisation. Each checks its rule, changes what it names, writes its event and returns."""

from party.operations.organization.operations.importing import import_organization
from party.operations.organization.operations.jobs import retry_job
from party.operations.organization.operations.merger_parts import add_merger_code
from party.operations.organization.operations.merger_parts import add_merger_line
from party.operations.organization.operations.merger_parts import add_merger_unit
from party.operations.organization.operations.merger_parts import change_merger_unit
from party.operations.organization.operations.merger_parts import import_merger
from party.operations.organization.operations.merger_parts import move_everybody
from party.operations.organization.operations.merger_parts import move_person
from party.operations.organization.operations.merger_parts import remove_from_merger
from party.operations.organization.operations.mergers import change_merger
from party.operations.organization.operations.mergers import continue_merger
from party.operations.organization.operations.mergers import discard_merger
from party.operations.organization.operations.mergers import plan_merger
from party.operations.organization.operations.mergers import start_merger
from party.operations.organization.operations.mergers import undo_merger
from party.operations.organization.operations.people import change_password
from party.operations.organization.operations.people import change_person
from party.operations.organization.operations.people import create_person
from party.operations.organization.operations.people import deactivate_person
from party.operations.organization.operations.people import reset_password
from party.operations.organization.operations.personal import remember
from party.operations.organization.operations.posts import appoint
from party.operations.organization.operations.posts import delegate
from party.operations.organization.operations.posts import end_post
from party.operations.organization.operations.restoring import note_export
from party.operations.organization.operations.restoring import restore_site
from party.operations.organization.operations.restoring import restore_unit
from party.operations.organization.operations.settings import remove_holiday
from party.operations.organization.operations.settings import set_holiday
from party.operations.organization.operations.settings import set_routes
from party.operations.organization.operations.settings import set_term
from party.operations.organization.operations.units import add_code
from party.operations.organization.operations.units import add_symbol
from party.operations.organization.operations.units import change_unit
from party.operations.organization.operations.units import close_unit
from party.operations.organization.operations.units import create_unit
from party.operations.organization.operations.units import end_code
from party.operations.organization.operations.units import move_unit


__all__ = [
    "add_code",
    "add_merger_code",
    "add_merger_line",
    "add_merger_unit",
    "add_symbol",
    "appoint",
    "change_merger",
    "change_merger_unit",
    "change_password",
    "change_person",
    "change_unit",
    "close_unit",
    "continue_merger",
    "create_person",
    "create_unit",
    "deactivate_person",
    "delegate",
    "discard_merger",
    "end_code",
    "end_post",
    "import_merger",
    "import_organization",
    "move_everybody",
    "move_person",
    "move_unit",
    "note_export",
    "plan_merger",
    "remember",
    "remove_from_merger",
    "remove_holiday",
    "reset_password",
    "restore_site",
    "restore_unit",
    "retry_job",
    "set_holiday",
    "set_routes",
    "set_term",
    "start_merger",
    "undo_merger",
]
