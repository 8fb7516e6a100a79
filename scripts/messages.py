"""Collects the texts of the package into its message catalogues.

Read are ``_("…")`` in Python, ``i18n:translate`` and ``i18n:attributes`` in page templates and in the XML of profiles,
and titles and descriptions in ZCML. Written are the template ``party.operations.pot`` and the Vietnamese catalogue,
which keeps its translations, gets new texts with an empty one and loses those that nothing uses.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po
from lxml import etree
from lxml import html


DOMAIN = "party.operations"
PACKAGE = Path(__file__).resolve().parent.parent / "src/party.operations/party/operations"
TEMPLATE = PACKAGE / "locales" / f"{DOMAIN}.pot"
VIETNAMESE = PACKAGE / "locales/vi/LC_MESSAGES" / f"{DOMAIN}.po"

_I18N = "{http://xml.zope.org/namespaces/i18n}"
# Babel's own header has dates and versions, which would make two branches differ where no text does.
_HEADER = f"""\
# Texts of the domain {DOMAIN}; `make messages` keeps this file.
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
#: attributes of ZCML directives that hold a text for people
_ZCML_TEXTS = ("title", "description")


class Text(NamedTuple):
    """A text as the code has it: its message id, its English default if that is not the id, and the file it is in."""

    id: str
    default: str | None
    path: Path


class Unreadable(Exception):
    """A text whose message id or domain cannot be read from the code."""


def texts(package: Path) -> Iterator[Text]:
    """All texts of our domain in ``package``; raises ``Unreadable`` where ``_()`` is called with what is no literal."""
    readers = {".py": _python, ".pt": _page_template, ".xml": _xml, ".zcml": _zcml}
    for path in sorted(package.rglob("*")):
        if path.suffix in readers:
            for message_id, default in readers[path.suffix](path):
                yield Text(message_id, default, path.relative_to(package))


def catalog(package: Path) -> Catalog:
    """The texts of ``package`` as a catalogue without translations."""
    result = Catalog(domain=DOMAIN)
    for text in texts(package):
        comments = [f'Default: "{text.default}"'] if text.default else []
        result.add(text.id, locations=[(text.path.as_posix(), 0)], auto_comments=comments)
    return result


def vietnamese() -> Catalog:
    """The Vietnamese catalogue; empty if there is none yet."""
    if not VIETNAMESE.exists():
        return Catalog(locale="vi", domain=DOMAIN)
    with VIETNAMESE.open("rb") as file:
        return read_po(file, locale="vi", domain=DOMAIN)


def main() -> None:
    """Write both catalogues and name the texts that have no translation."""
    template = catalog(PACKAGE)
    _write(TEMPLATE, template)
    translations = vietnamese()
    translations.update(template, no_fuzzy_matching=True)
    _write(VIETNAMESE, translations)
    missing = [message.id for message in translations if message.id and not message.string]
    print(f"{len(template)} texts, {len(missing)} without Vietnamese.")
    for message_id in missing:
        print(f"  {message_id}")


def _write(path: Path, content: Catalog) -> None:
    for message in content:
        message.flags.discard("python-brace-format")  # ${name} is Zope's way to write a variable, not Python's
    with path.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(
            file, content, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True
        )


def _python(path: Path) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            default = next((keyword.value for keyword in node.keywords if keyword.arg == "default"), None)
            message_id = _literal(node.args[0])
            if message_id is None:
                raise Unreadable(f"{path}:{node.lineno}: _() needs a literal text.")
            yield message_id, _literal(default)


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _page_template(path: Path) -> Iterator[tuple[str, str | None]]:
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        domain = _nearest(element, "i18n:domain")
        if domain is None and "i18n:translate" in element.attrib:
            # the parser drops an <html> that does not come first, and its domain with it
            raise Unreadable(f"{path}: name the i18n:domain of <{element.tag}> on the outermost element.")
        if domain == DOMAIN:
            yield from _translated(element, "i18n:translate", "i18n:attributes", "i18n:name")


def _xml(path: Path) -> Iterator[tuple[str, str | None]]:
    for element in etree.parse(path).iter():
        if isinstance(element.tag, str) and _nearest(element, f"{_I18N}domain") == DOMAIN:
            yield from _translated(element, f"{_I18N}translate", f"{_I18N}attributes", f"{_I18N}name")


def _zcml(path: Path) -> Iterator[tuple[str, str | None]]:
    for element in etree.parse(path).iter():
        # the title of a permission is its name in Zope, which must not be translated
        is_permission = isinstance(element.tag, str) and etree.QName(element).localname == "permission"
        if isinstance(element.tag, str) and not is_permission and _nearest(element, "i18n_domain") == DOMAIN:
            for name in _ZCML_TEXTS:
                if element.get(name):
                    yield " ".join(element.get(name).split()), None


def _nearest(element: etree._Element, attribute: str) -> str | None:
    """The value of ``attribute`` on the element or on the nearest one around it that has it."""
    for each in (element, *element.iterancestors()):
        if attribute in each.attrib:
            return each.get(attribute)
    return None


def _translated(
    element: etree._Element, translate: str, attributes: str, name: str
) -> Iterator[tuple[str, str | None]]:
    if translate in element.attrib:
        content = _content(element, name)
        message_id = element.get(translate)
        if message_id or content:
            yield (message_id, content) if message_id else (content, None)
    for entry in re.split(r"\s*;\s*", element.get(attributes, "").strip()):
        attribute, _, message_id = entry.partition(" ")
        if attribute:
            value = element.get(attribute)
            yield (message_id.strip(), value) if message_id else (value, None)


def _content(element: etree._Element, name: str) -> str:
    """The text in the element as the template engine asks for it: named elements as variables, one space for many."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(f"${{{child.get(name)}}}" if child.get(name) else _content(child, name))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


if __name__ == "__main__":
    main()
