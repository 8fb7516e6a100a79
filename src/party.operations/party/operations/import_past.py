"""The verb ``bin/party import-past``: an old register of a unit with its files (nhập sổ cũ)."""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

import transaction
from plone import api
from zope.i18n import translate

from party.operations.confidentiality import actor
from party.operations.documents.operations.registers import registers
from party.operations.documents.past import operations
from party.operations.documents.past import report
from party.operations.documents.past import store
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup


#: cells of the progress bar
_WIDTH = 40


def main(site: Any, arguments: list[str]) -> int:
    """Check the sheet and write the report beside it; with ``--apply`` bring it in, or go on where it was interrupted."""
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as error:
        return int(error.code or 0)
    person = lookup.person_by_login(asked.who)
    if person is None:
        print(f"There is nobody with the login {asked.who}.", file=sys.stderr)
        return 1
    try:
        with actor.acting_as(person.id):
            return _run(asked)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    except Refused as refused:
        print(translate(refused.message, target_language=api.portal.get_default_language()), file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/party import-past", description="bring an old register in")
    parser.add_argument("sheet", type=Path, help="XLSX or CSV")
    parser.add_argument("--as", dest="who", required=True, metavar="LOGIN", help="clerk or administrator of the unit")
    parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit, old or new")
    parser.add_argument("--direction", choices=("incoming", "outgoing"), default="incoming")
    parser.add_argument("--register", default="", metavar="NAME", help="the arrival book, where there are several")
    parser.add_argument("--files", type=Path, metavar="PATH", help="a folder or a ZIP with the files of the documents")
    parser.add_argument("--apply", action="store_true", help="bring it in")
    return parser


def _run(asked: argparse.Namespace) -> int:
    found = _taken(asked)
    if asked.apply:
        operations.check_beside(found, asked.files)
    if found.state in ("mapping", "checked"):
        found = operations.check_past_register(found.id, beside=asked.files)
    transaction.commit()
    if asked.apply:
        operations.bring_in_here(found.id, asked.files, _show_progress)
        found = store.get(found.id)
    print(", ".join(f"{name} {count}" for name, count in store.counts(found.id).items() if count))
    print(f"Report: {_written(asked.sheet, found)}")
    if not asked.apply:
        print("Nothing was brought in yet: run it again with --apply.")
    return 0


def _taken(asked: argparse.Namespace) -> store.Import:
    """The import of this sheet that was begun before and is not over, else a new one."""
    unit = lookup.unit_by_code(asked.unit)
    if unit is None:
        raise Invalid(f"There is no unit with the code {asked.unit}.")
    content = asked.sheet.read_bytes()
    digest = operations.digest(content)
    for each in store.mine():
        same = (each.unit, each.direction, each.facts["digest"]) == (unit.uid, asked.direction, digest)
        if same and each.state != "done":
            return each
    books = {each.title: each.UID() for each in registers(unit.uid, "incoming", open_only=False)}
    if asked.register and asked.register not in books:
        raise Invalid(f"{unit.title} has no register “{asked.register}”, but: {', '.join(books)}.")
    book = books.get(asked.register, "")
    return operations.take_past_register(
        unit.uid, asked.direction, io.BytesIO(content), asked.sheet.name, register=book
    )


def _written(sheet: Path, found: store.Import) -> Path:
    """The report, for the one who ran it alone."""
    path = sheet.with_name(f"{sheet.stem}.ket-qua-{clock.local(clock.now()):%Y%m%d-%H%M%S}.xlsx")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(report.sheet(found))
    return path


def _show_progress(done: int, total: int) -> None:
    full = _WIDTH * done // max(total, 1)
    print(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{total}", end="" if done < total else "\n", flush=True)
