"""Keys in a file: who may read them, what a wrong passphrase does, what is on disk."""

import json
import stat
import subprocess
import sys

import pytest

from party.operations.confidentiality import keys
from party.operations.confidentiality.keys.file import FileKeys
from party.operations.confidentiality.keys.file import KEYRING


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_keyring_and_passphrase_are_for_the_service_alone(directory):
    FileKeys(directory).kek("secret", "organ", 2026)
    assert mode(directory) == 0o700
    assert {path.name: mode(path) for path in directory.iterdir()} == {KEYRING: 0o400, "passphrase": 0o400}


@pytest.mark.parametrize("lax", [0o440, 0o404, 0o420, 0o401])
@pytest.mark.parametrize("name", [KEYRING, "passphrase"])
def test_a_file_that_others_may_read_is_not_used(directory, name, lax):
    (directory / name).chmod(lax)
    with pytest.raises(keys.Unusable, match=f"chmod 0400 {directory / name}"):
        FileKeys(directory)


@pytest.mark.parametrize("lax", [0o750, 0o705, 0o710, 0o701])
def test_a_directory_that_others_may_enter_is_not_used(directory, lax):
    directory.chmod(lax)
    with pytest.raises(keys.Unusable, match=f"chmod 0700 {directory}"):
        FileKeys(directory)


def test_a_directory_that_others_may_enter_gets_no_keyring(tmp_path, no_keys):
    (tmp_path / "keys").mkdir(mode=0o755)
    (tmp_path / "keys").chmod(0o755)
    with pytest.raises(keys.Unusable, match="chmod 0700"):
        keys.create(f"file:{tmp_path / 'keys'}")
    assert not list((tmp_path / "keys").iterdir())


def test_keys_that_become_readable_to_others_are_withheld_when_they_change(directory):
    provider = FileKeys(directory)
    provider.kek("secret", "organ", 2026)
    (directory / KEYRING).chmod(0o444)
    (directory / KEYRING).touch()
    with pytest.raises(keys.Withheld):
        provider.kek("secret", "organ", 2026)


def test_a_wrong_passphrase_opens_nothing(directory):
    (directory / "passphrase").chmod(0o600)
    (directory / "passphrase").write_text("another\n")
    with pytest.raises(keys.Unusable, match="does not open"):
        FileKeys(directory)


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_passphrase_is_none(directory, content):
    (directory / "passphrase").chmod(0o600)
    (directory / "passphrase").write_text(content)
    with pytest.raises(keys.Unusable, match="is empty"):
        FileKeys(directory)


def test_the_passphrase_may_lie_elsewhere_and_be_ones_own(tmp_path, no_keys, monkeypatch):
    words = tmp_path / "words"
    words.write_text("mật khẩu của ban cơ yếu\n", encoding="utf-8")
    words.chmod(0o400)
    monkeypatch.setenv("PARTY_KEYS_PASSPHRASE", str(words))
    keys.create(f"file:{tmp_path / 'keys'}")
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [KEYRING]
    kek = FileKeys(tmp_path / "keys").kek("secret", "organ", 2026)
    words.chmod(0o600)
    words.write_text("mật khẩu của ban cơ yếu", encoding="utf-8")
    assert FileKeys(tmp_path / "keys").kek("secret", "organ", 2026) == kek
    words.unlink()
    with pytest.raises(keys.Unusable, match=str(words)):
        FileKeys(tmp_path / "keys")


def test_nothing_of_the_keys_stands_in_the_file(directory):
    provider = FileKeys(directory)
    provider.kek("top-secret", "organ", 2026)
    content = (directory / KEYRING).read_bytes()
    assert b"top-secret" not in content
    assert b"organ" not in content
    assert set(json.loads(content)) == {"head", "nonce", "sealed"}


def test_no_two_writings_share_a_nonce(directory):
    provider, nonces = FileKeys(directory), set()
    for year in range(2020, 2030):
        provider.kek("secret", "organ", year)
        nonces.add(json.loads((directory / KEYRING).read_bytes())["nonce"])
    assert len(nonces) == 10


@pytest.mark.parametrize("part", ["head", "nonce", "sealed"])
def test_a_changed_keyring_does_not_open(directory, part):
    path = directory / KEYRING
    stored = json.loads(path.read_bytes())
    if part == "head":
        stored["head"]["p"] = 1
    else:
        stored[part] = "AAAA" + stored[part][4:]
    path.chmod(0o600)
    path.write_text(json.dumps(stored))
    with pytest.raises(keys.Unusable):
        FileKeys(directory)


@pytest.mark.parametrize("content", ["", "{}", "[]", "no JSON", '{"head": {}, "nonce": 1, "sealed": ""}'])
def test_what_is_no_keyring_is_told_so(directory, content):
    path = directory / KEYRING
    path.chmod(0o600)
    path.write_text(content)
    with pytest.raises(keys.Unusable, match="not a keyring"):
        FileKeys(directory)


def test_no_keyring_is_told_so_and_none_is_made(tmp_path, no_keys):
    (tmp_path / "empty").mkdir(mode=0o700)
    with pytest.raises(keys.Unusable, match="no keyring"):
        keys.configure(f"file:{tmp_path / 'empty'}")
    with pytest.raises(keys.Unusable, match="No such file"):
        keys.configure(f"file:{tmp_path / 'nowhere'}")
    assert not list((tmp_path / "empty").iterdir())


def test_a_keyring_that_goes_away_takes_its_keys_with_it(directory, tmp_path):
    provider = FileKeys(directory)
    kek = provider.kek("secret", "organ", 2026)
    wrapped = provider.wrap(kek, bytes(32), b"")
    directory.rename(tmp_path / "away")
    for call in (
        lambda: provider.unwrap(kek, wrapped, b""),
        lambda: provider.kek("secret", "organ", 2027),
        lambda: provider.secret("grants"),
    ):
        with pytest.raises(keys.Withheld):
            call()
    (tmp_path / "away").rename(directory)
    assert provider.unwrap(kek, wrapped, b"") == bytes(32)


def test_what_a_crash_left_of_a_writing_is_in_nobodys_way(directory):
    (directory / f"{KEYRING}.new").write_text("half")
    provider = FileKeys(directory)
    kek = provider.kek("secret", "organ", 2026)
    assert FileKeys(directory).kek("secret", "organ", 2026) == kek
    assert not (directory / f"{KEYRING}.new").exists()


def test_a_writer_killed_at_any_moment_leaves_a_whole_keyring(directory):
    code = (
        "import itertools, pathlib, sys\nfrom party.operations.confidentiality.keys.file import FileKeys\n"
        "keys = FileKeys(pathlib.Path(sys.argv[1]))\n"
        "for n in itertools.count():\n    print(keys.kek('secret', f'organ {sys.argv[2]} {n}', 2026), flush=True)"
    )
    told = []
    for attempt in range(5):
        command = [sys.executable, "-c", code, str(directory), str(attempt)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            told += [writer.stdout.readline().strip() for _number in range(10 + attempt)]
            writer.kill()
    assert set(told) <= {each.id for each in FileKeys(directory).facts()}
