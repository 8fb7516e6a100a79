"""What is classified stays at home, or travels sealed to a certificate and is read in the new site by who is cleared there."""

import json
from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import transaction
from collective.exportimport.export_content import ExportContent
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa
from plone.restapi.interfaces import ISerializeToJson
from Products.CMFPlone.Portal import PloneSite
from zope.component import getMultiAdapter

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import keys
from party.operations.confidentiality import tables
from party.operations.confidentiality import valid_grants
from party.operations.confidentiality.audit.tables import records
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.exportimport import exporting
from party.operations.exportimport import importing
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.tables import items
from party.operations.security import operations as security
from tests import clearances
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.exportimport.conftest import SECRET
from tests.plone.exportimport.test_round_trip import objects_of


#: a word of the abstract of the secret, which no folding takes out
MARKER = b"zqxbi"

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture(params=["rsa", "ec"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A certificate and its private key."""
    return _pair(tmp_path, request.param)


@pytest.fixture
def ec_pair(tmp_path: Path) -> tuple[Path, Path]:
    """The same where the kind of key does not matter."""
    return _pair(tmp_path, "ec")


@pytest.fixture
def other_keys(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Called: from now on the keys of another site are used."""

    def use() -> None:
        keys.create(f"file:{tmp_path / 'other-keys'}")
        keys.configure(f"file:{tmp_path / 'other-keys'}")
        data_keys.forget()

    yield use
    keys.configure(None)
    data_keys.forget()


def _pair(folder: Path, kind: str, days: int = 30, name: str = "") -> tuple[Path, Path]:
    key: PrivateKey = ec.generate_private_key(ec.SECP384R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nơi nhận")])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    since = clock.now() - timedelta(days=60)
    made = made.not_valid_before(since).not_valid_after(clock.now() + timedelta(days=days)).serial_number(7)
    certificate, private = folder / f"{name}certificate.pem", folder / f"{name}key.pem"
    certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate, private


def _export(site: PloneSite, path: Path, certificate: Path | None = None) -> bytes:
    """Export, and return everything that was written."""
    options = ["--recipient", str(certificate)] if certificate else []
    assert exporting.main(site, [*options, str(path)]) == 0
    transaction.commit()
    return b"".join(each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file())


def _trust(office: Office, *logins: str) -> None:
    """Officers of the new site, who clear people."""
    officers = [office.people[login] for login, _name in clearances.OFFICERS]
    auditor = office.people[clearances.AUDITOR[0]]
    security.appoint_first_officers(officers, auditor=auditor, basis=clearances.BASIS)
    for login in logins:
        clearances.clear(office, login, "secret")


def _levels() -> set[str]:
    return {each.level for each in turn.rows(sa.select(items.c.level))}


def test_without_a_certificate_secrets_are_left_out_and_it_is_said(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = _export(functional_portal, tmp_path / "export")
    told = capsys.readouterr().out
    assert "2 classified documents were left out" in told
    assert "--recipient CERTIFICATE.pem" in told
    assert MARKER not in content
    assert not list((tmp_path / "export/objects").glob(f"*/{busy_day['secret']}.json"))
    taken = turn.scalar(sa.select(sa.func.count()).select_from(importing.metadata.tables["numbers"]))
    assert importing.main(second_site(), [str(tmp_path / "export")]) == 0
    assert _levels() == {"normal"}
    # their numbers are not given again
    assert turn.scalar(sa.select(sa.func.count()).select_from(importing.metadata.tables["numbers"])) == taken


def test_a_secret_travels_to_a_certificate_and_is_read_under_the_keys_of_the_new_site(
    busy_day: dict[str, str],
    committing_office: Office,
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    pair: tuple[Path, Path],
    other_keys: Callable[[], None],
    tmp_path: Path,
) -> None:
    path, uids = tmp_path / "export", (busy_day["secret"], busy_day["secret received"])
    plain = [each.key for each in data_keys.many(_key_ids()).values()]
    before = {
        each.token for each in turn.rows(sa.select(tables.grants.c.token)) if valid_grants.is_classified(each.token)
    }
    content = _export(functional_portal, path, pair[0])
    assert b"15671-CV/VPTW" in content
    assert MARKER not in content
    assert not any(key in content or key.hex().encode() in content for key in plain)
    other_keys()
    site = second_site()
    assert importing.main(site, ["--recipient-key", str(pair[1]), str(path)]) == 0
    transaction.commit()
    _trust(committing_office, "vanthu.tc", "lanhdao.tc", "vanthu.xa")
    transaction.commit()
    for login, uid in zip(("vanthu.tc", "vanthu.xa"), uids, strict=True):
        with actor.acting_as(committing_office.people[login]):
            document = access.readable(uid)
            assert (document.level, document.title) == ("secret", SECRET)
            with access.bytes_of(document.files()[0]) as stream:
                assert stream.read() == A_PDF
    # who was cleared in the old site alone, who is cleared here and not named, who is neither
    clearances.clear(committing_office, "lanhdao.tg", "secret")
    transaction.commit()
    for login in ("chuyenvien.tc", "lanhdao.tg", "vanthu"):
        with actor.acting_as(committing_office.people[login]), pytest.raises(Missing):
            access.readable(busy_day["secret"])
    with actor.acting_as(committing_office.people["vanthu.tc"]):
        (line,) = lists.outgoing_register(committing_office.units["tochuc"], text="zqxbiểuđồ").rows
        assert (line.uid, line.title) == (busy_day["secret"], SECRET)
    after = {
        each.token for each in turn.rows(sa.select(tables.grants.c.token)) if valid_grants.is_classified(each.token)
    }
    assert after
    assert not after & before
    assert not {each.key for each in data_keys.many(_key_ids()).values()} & set(plain)


def test_work_goes_on_with_it_in_the_new_site(
    busy_day: dict[str, str],
    committing_office: Office,
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    ec_pair: tuple[Path, Path],
    other_keys: Callable[[], None],
    tmp_path: Path,
) -> None:
    _export(functional_portal, tmp_path / "export", ec_pair[0])
    other_keys()
    assert importing.main(second_site(), ["--recipient-key", str(ec_pair[1]), str(tmp_path / "export")]) == 0
    transaction.commit()
    _trust(committing_office, "vanthu.xa", "lanhdao.xa")
    transaction.commit()
    with actor.acting_as(committing_office.people["vanthu.xa"]):
        documents.transfer(busy_day["secret received"], [Addressee(person=committing_office.people["lanhdao.xa"])])
    with actor.acting_as(committing_office.people["lanhdao.xa"]):
        (line,) = [each for each in trays.tray("to_direct").rows if each.uid == busy_day["secret received"]]
        assert line.title == SECRET


def test_both_ways_stand_in_the_journal(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    ec_pair: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    _export(functional_portal, tmp_path / "export", ec_pair[0])
    assert importing.main(second_site(), ["--recipient-key", str(ec_pair[1]), str(tmp_path / "export")]) == 0
    with audit.database().reader.connect() as connection:
        found = connection.execute(sa.select(records).where(records.c.action.in_(("export", "import")))).all()
    for action in ("export", "import"):
        named = {uid for each in found if each.action == action for uid in json.loads(each.objects)}
        assert named >= {busy_day["secret"], busy_day["secret received"]}


@pytest.mark.parametrize("attempt", ["no key", "wrong key", "certificate"])
def test_without_the_private_key_nothing_is_imported(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    ec_pair: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    attempt: str,
) -> None:
    _export(functional_portal, tmp_path / "export", ec_pair[0])
    key = {"wrong key": _pair(tmp_path, "ec", name="other-")[1], "certificate": ec_pair[0]}.get(attempt)
    site = second_site()
    assert importing.main(site, [*(["--recipient-key", str(key)] if key else []), str(tmp_path / "export")]) == 1
    transaction.abort()
    assert capsys.readouterr().err.strip()
    assert objects_of(site) == {}


def _a_grant_more(path: Path, uid: str) -> None:
    """Somebody writes himself into the grants of the secret."""
    place = path / f"objects/{uid[:2]}/{uid}.json"
    content = json.loads(place.read_text())
    content["rows"]["grants"].append(
        {**content["rows"]["grants"][0], "id": 9999, "subject": "user:nobody", "sealed": None}
    )
    place.write_text(json.dumps(content))


def _other_posts(path: Path, uid: str) -> None:
    place = path / "site.json"
    content = json.loads(place.read_text())
    content["rows"]["posts"][0]["function"] = "leader"
    place.write_text(json.dumps(content))


def _its_digest_too(path: Path, uid: str) -> None:
    _a_grant_more(path, uid)
    exporting.Folder(path).write("digests.json", exporting.Folder(path).digests())


def _other_keys_file(path: Path, uid: str) -> None:
    place = path / "keys.json"
    content = json.loads(place.read_text())
    content["content"] = content["content"][:-8] + "AAAAAAA="
    place.write_text(json.dumps(content))


@pytest.mark.parametrize("tamper", [_a_grant_more, _other_posts, _its_digest_too, _other_keys_file])
def test_an_export_that_was_changed_is_refused(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    ec_pair: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    tamper: Callable[[Path, str], None],
) -> None:
    _export(functional_portal, tmp_path / "export", ec_pair[0])
    tamper(tmp_path / "export", busy_day["secret"])
    site = second_site()
    assert importing.main(site, ["--recipient-key", str(ec_pair[1]), str(tmp_path / "export")]) == 1
    transaction.abort()
    assert capsys.readouterr().err.strip()
    assert objects_of(site) == {}


def test_a_process_without_keys_neither_seals_nor_opens(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    ec_pair: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _export(functional_portal, tmp_path / "export", ec_pair[0])
    monkeypatch.setenv("PARTY_ZONE", "internet")
    assert exporting.main(functional_portal, ["--recipient", str(ec_pair[0]), str(tmp_path / "again")]) == 1
    assert not (tmp_path / "again").exists()
    site = second_site()
    assert importing.main(site, ["--recipient-key", str(ec_pair[1]), str(tmp_path / "export")]) == 1
    transaction.abort()
    assert objects_of(site) == {}


@pytest.mark.parametrize("kind", ["expired", "none"])
def test_a_certificate_that_is_none_is_refused(
    busy_day: dict[str, str],
    functional_portal: PloneSite,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    certificate, _private = _pair(tmp_path, "ec", days=-1)
    if kind == "none":
        certificate.write_text("hello")
    assert exporting.main(functional_portal, ["--recipient", str(certificate), str(tmp_path / "export")]) == 1
    assert certificate.name in capsys.readouterr().err


def test_what_became_a_secret_since_the_last_export_is_removed_from_it(
    busy_day: dict[str, str], committing_office: Office, functional_portal: PloneSite, tmp_path: Path
) -> None:
    with actor.acting_as(committing_office.people["vanthu"]):
        made = documents.register_incoming(
            committing_office.units["tinh"],
            [],
            title=f"V/v {MARKER.decode()}",
            type="party.cong-van",
            issuer="Cơ quan",
            number_symbol="77-CV/CQ",
        )
    transaction.commit()
    assert MARKER in _export(functional_portal, tmp_path / "export")
    for login in ("vanthu", "lanhdao"):
        clearances.clear(committing_office, login, "secret")
    with actor.acting_as(committing_office.people["vanthu"]):
        documents.raise_level(made.UID(), "secret", reason="Có nội dung mật", basis=clearances.BASIS)
    transaction.commit()
    assert MARKER not in _export(functional_portal, tmp_path / "export")


def test_the_stock_export_holds_nothing_of_a_secret(
    busy_day: dict[str, str], committing_office: Office, functional_portal: PloneSite, tmp_path: Path
) -> None:
    functional_portal.invokeFactory("Document", "huong-dan", title="Trang hướng dẫn")
    functional_portal.acl_users.userFolderAddUser("boss", "Mat-khau-thu-1", ["Manager"], [])
    request = functional_portal.REQUEST
    export = ExportContent(functional_portal, request)
    export.portal_type = ["Document", "OutgoingDocument", "IncomingDocument"]
    export.path, export.depth = "/".join(functional_portal.getPhysicalPath()), -1
    export.include_blobs, export.include_revisions, export.migration = 1, False, False
    export.errors = []
    with actor.acting_as("boss"):
        content = json.dumps(list(export.export_content()), default=str, ensure_ascii=False)
        assert "Trang hướng dẫn" in content
        assert MARKER.decode() not in content
        for name in ("secret", "secret received"):
            document = access.unrestricted(busy_day[name])
            with pytest.raises(Missing):
                getMultiAdapter((document, request), ISerializeToJson)()


def _key_ids() -> list[str]:
    return [each.id for each in turn.rows(sa.select(tables.data_keys.c.id))]
