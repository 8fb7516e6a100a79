"""Every way in which a text is written in the code is found by `make messages`."""

from pathlib import Path

import pytest

from scripts import messages


FILES = {
    "a.py": """
from party.operations import _
_("One")
_("two", default="Second text of ${name}", mapping={"name": name})
_("in " "pieces")
print("not this")
""",
    "b.pt": """
<html i18n:domain="party.operations"><tal:if condition="x">
  <p i18n:translate="">  A text
    with <b i18n:name="what" tal:content="y">z</b></p>
  <p i18n:translate="explicit">Its default</p>
  <input title="Tip" alt="Alt" i18n:attributes="title; alt alt_id" />
  <p i18n:domain="plone" i18n:translate="">Plone's own</p>
  <p i18n:translate="" tal:content="view/text" />
</tal:if></html>
""",
    "c.xml": """
<object xmlns:i18n="http://xml.zope.org/namespaces/i18n" i18n:domain="party.operations">
  <property name="title" i18n:translate="">Type</property><property name="id">no</property>
</object>
""",
    "d.zcml": """
<configure xmlns="http://namespaces.zope.org/zope" i18n_domain="party.operations">
  <permission id="a" title="party.operations: Use" /><profile title="Profile" name="no" />
</configure>
""",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_texts_are_found_with_their_defaults(package: Path) -> None:
    found = {(text.path.name, text.id, text.default) for text in messages.texts(package)}
    assert found == {
        ("a.py", "One", None),
        ("a.py", "two", "Second text of ${name}"),
        ("a.py", "in pieces", None),
        ("b.pt", "A text with ${what}", None),
        ("b.pt", "explicit", "Its default"),
        ("b.pt", "Tip", None),
        ("b.pt", "alt_id", "Alt"),
        ("c.xml", "Type", None),
        ("d.zcml", "Profile", None),
    }


def test_a_text_that_is_no_literal_is_named(package: Path) -> None:
    (package / "e.py").write_text('_(f"no {literal}")', encoding="utf-8")
    with pytest.raises(messages.Unreadable, match=r"e\.py:1"):
        list(messages.texts(package))


def test_a_template_whose_domain_the_parser_drops_is_named(package: Path) -> None:
    (package / "f.pt").write_text(
        '<metal:page><html i18n:domain="party.operations"><p i18n:translate="">Lost</p></html></metal:page>',
        encoding="utf-8",
    )
    with pytest.raises(messages.Unreadable, match=r"f\.pt"):
        list(messages.texts(package))
