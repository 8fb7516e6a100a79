"""The verb ``bin/party import-organization FILE [--apply]``: units and people from a sheet (nhập đơn vị, cán bộ)."""

import csv
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plone import api
from zope.i18n import translate

from party.operations.ledger import clock
from party.operations.ledger.errors import Refused
from party.operations.organization.importing.report import OUTCOMES
from party.operations.organization.importing.report import Report
from party.operations.organization.operations import import_organization


USAGE = "usage: bin/party import-organization FILE [--apply]"
#: cells of the progress bar
_WIDTH = 40


def main(site: Any, arguments: list[str]) -> int:
    """Check the file and show what would be done; with ``--apply`` do it and write the report beside the file."""
    files = [each for each in arguments if not each.startswith("--")]
    if len(files) != 1 or set(arguments) - {*files, "--apply"}:
        print(USAGE, file=sys.stderr)
        return 2
    path, apply = Path(files[0]), "--apply" in arguments
    written = path.with_name(f"{path.stem}.report-{clock.local(clock.now()):%Y%m%d-%H%M%S}.csv")
    try:
        with path.open("rb") as stream:
            report = import_organization(stream, path.name, not apply, lambda *done: _show_progress(written, *done))
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(translate(refused.message, target_language=api.portal.get_default_language()), file=sys.stderr)
        return 1
    _show(report)
    if report.applied:
        _write(written, report)
        print(f"Report with the passwords of new accounts, for you alone: {written}")
    return 0 if report.sound else 1


def _show(report: Report) -> None:
    for row in _rows(report, ("error",) if report.applied or not report.sound else OUTCOMES):
        print(
            ": ".join(
                filter(None, (f"{row['sheet']} {row['line']}".strip(), row["label"], row["subject"], row["detail"]))
            )
        )
    print(", ".join(f"{outcome} {count}" for outcome, count in report.counts.items()))
    if not report.sound:
        print("Nothing was written: correct the lines above and run it again.")
    elif not report.applied:
        print("Nothing was written yet: run it again with --apply.")


def _show_progress(written: Path, report: Report, done: int) -> None:
    """Keep the report as far as it is true, so that an interruption loses no password, and move the bar."""
    _write(written, report)
    full = _WIDTH * done // len(report.lines)
    print(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{len(report.lines)}", end="", flush=True)
    if done == len(report.lines):
        print()


def _rows(report: Report, only: Iterable[str] = OUTCOMES) -> list[dict[str, str]]:
    # a command has no browser that says which language its user reads
    return report.rows(only, api.portal.get_default_language())


def _write(path: Path, report: Report) -> None:
    # for the one who ran it alone: it holds passwords
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as target:
        rows = _rows(report)
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
