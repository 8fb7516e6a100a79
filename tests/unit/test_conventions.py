"""Conventions of the repository: what a reviewer would otherwise have to look for."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import messages


ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTION = ROOT / "src/party.operations"
PACKAGE = DISTRIBUTION / "party/operations"

#: A package imports only from floors below its own.
FLOORS = {
    "__init__": 0,
    "interfaces": 0,
    "text": 1,
    "ledger": 1,
    "confidentiality": 2,
    "reading": 2,
    "rest": 2,
    "ui": 2,
    "finding": 3,
    "mail": 3,
    "organization": 3,
    "documents": 4,
    "dossiers": 4,
    "tasks": 4,
    "meetings": 4,
    "signing": 5,
    "exchange": 5,
    "exportimport": 5,
    "archive": 5,
    "statistics": 5,
    "notifications": 5,
    "security": 5,
    "desk": 6,
    "demo": 6,
}
#: Files beside the packages, the command line for one, stand above all of them (but for those in the table).
TOP = 7

MAX_LINES = 400

REQUIRED = [
    ".ci/run",
    "CHANGES.md",
    "Makefile",
    "README.md",
    "buildout.cfg",
    "docs/dependencies.md",
    "profiles/demo.cfg",
    "requirements.in",
    "requirements.txt",
    "src/party.operations/README.md",
]

#: Folders of one machine, and places that packages come from, are no part of the project.
MACHINE = re.compile(r"(?<![\w.$}-])/(?:work|home|root|opt)/[\w.]|file:///|--(?:extra-)?index-url|--find-links")


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def own_files() -> Iterator[Path]:
    """The files that people write, in whatever state the working tree is."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".installed.cfg")
    for folder in (".ci", "benchmarks", "docs", "profiles", "replay", "scripts", "src", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
                yield path


def room(path: Path) -> str:
    """The package of a file below ours, or the file's own name if it stands beside the packages."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def floor(name: str) -> int:
    assert name in FLOORS or (PACKAGE / f"{name}.py").exists(), f"Say in FLOORS where the package {name} stands."
    return FLOORS.get(name, TOP)


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each of our packages that the file imports from."""
    package = path.relative_to(DISTRIBUTION).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            base += node.module.split(".") if node.module else []
            modules = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for module in modules:
            if module[:2] == ["party", "operations"]:
                inside = module[2:]
                is_name = not inside or not ((PACKAGE / inside[0]).is_dir() or (PACKAGE / f"{inside[0]}.py").exists())
                yield node.lineno, "__init__" if is_name else inside[0]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_package_imports_only_from_floors_below_it(path: Path) -> None:
    own = room(path)
    wrong = [
        f"line {line}: {own} (floor {floor(own)}) imports {other} (floor {floor(other)})"
        for line, other in imported_rooms(path)
        if other != own and floor(own) < TOP and floor(other) >= floor(own)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_has_one_subject_and_not_too_many_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{path.relative_to(ROOT)} has {lines} lines; more than {MAX_LINES} are two subjects."


def test_every_text_has_a_vietnamese_translation() -> None:
    translations = messages.vietnamese()
    missing = []
    for text in messages.texts(PACKAGE):
        found = translations.get(text.id)
        if found is None or not found.string:
            missing.append(f"{text.path}: {text.id}")
    assert not missing, "Without Vietnamese (`make messages` adds them to the catalogue):\n" + "\n".join(missing)


def test_a_translation_uses_the_variables_of_its_text() -> None:
    def variables(text: str) -> set[str]:
        return set(re.findall(r"\$\{\w+\}", text))

    translations = messages.vietnamese()
    wrong = []
    for text in messages.texts(PACKAGE):
        found = translations.get(text.id)
        if found is not None and found.string and variables(found.string) != variables(text.default or text.id):
            wrong.append(f"{text.path}: {text.id} → {found.string}")
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_place_on_one_machine() -> None:
    wrong = []
    for path in own_files():
        try:
            content = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or an office file
            continue
        for number, line in enumerate(content.splitlines(), 1):
            if MACHINE.search(line) and path != Path(__file__):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_file_that_people_look_for_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_the_namespace_is_shared() -> None:
    assert not (DISTRIBUTION / "party/__init__.py").exists()


def _requirement_names(lines: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def test_each_direct_dependency_is_named_with_its_reason() -> None:
    direct = _requirement_names((ROOT / "requirements.in").read_text(encoding="utf-8").splitlines())
    reasons = re.findall(r"^\| `([^`]+)`", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert _requirement_names(reasons) == direct


def test_the_distribution_depends_on_nothing_that_is_not_locked() -> None:
    direct = _requirement_names((ROOT / "requirements.in").read_text(encoding="utf-8").splitlines())
    with (DISTRIBUTION / "pyproject.toml").open("rb") as file:
        assert _requirement_names(tomllib.load(file)["project"]["dependencies"]) <= direct
