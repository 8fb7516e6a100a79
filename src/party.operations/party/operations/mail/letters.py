"""What a mail says (nội dung thư): written once, shown as text and as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from zope.interface import Interface


@dataclass(frozen=True)
class Table:
    """Rows of words below headings; the first column says what the row is about."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Link:
    """A way into the system; it asks who comes for his login."""

    label: str
    url: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; ``content_type`` such as ``application/pdf``."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail to one person: paragraphs, tables and links in their order, and files. No part of it is classified."""

    name: str
    address: str
    subject: str
    parts: tuple[str | Table | Link, ...]
    attachments: tuple[Attachment, ...] = ()


class IComposer(Interface):
    """Named utility that writes the mails of one kind: ``composer(person, facts)``.

    It is called when the mail is sent, while ``person``, who gets it, acts: what it reads is what he may read then. It
    raises :class:`~party.operations.ledger.errors.Refused` when there is nothing (any more) that he may be told.
    """

    def __call__(person: str, facts: dict[str, Any]) -> Letter:
        """The mail to ``person``."""


def as_text(parts: Iterable[str | Table | Link]) -> str:
    """The parts as plain text; a row of a table is a line."""
    return "\n\n".join(_text(each) for each in parts) + "\n"


def as_html(parts: Iterable[str | Table | Link]) -> str:
    """The parts as a page without pictures, scripts or anything else that a mail program would fetch."""
    body = "\n".join(_html(each) for each in parts)
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"></head>\n'
        f'<body style="font-family:sans-serif;font-size:15px">\n{body}\n</body></html>\n'
    )


def _text(part: str | Table | Link) -> str:
    if isinstance(part, Link):
        return f"{part.label}: {part.url}"
    if isinstance(part, Table):
        return "\n".join(_line(part.heads, row) for row in part.rows)
    return part


def _line(heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    said = [f"{head}: {value}" for head, value in zip(heads[1:], row[1:], strict=True) if value]
    return f"- {row[0]}: {'; '.join(said)}" if said else f"- {row[0]}"


def _html(part: str | Table | Link) -> str:
    if isinstance(part, Link):
        return f'<p><a href="{escape(part.url)}">{escape(part.label)}</a></p>'
    if isinstance(part, Table):
        cell = 'style="border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top"'
        heads = "".join(f"<th {cell}>{escape(each)}</th>" for each in part.heads)
        rows = "".join(f"<tr>{''.join(f'<td {cell}>{escape(each)}</td>' for each in row)}</tr>\n" for row in part.rows)
        return f'<table style="border-collapse:collapse">\n<tr>{heads}</tr>\n{rows}</table>'
    return f"<p>{escape(part)}</p>"
