"""Where the keys come from: PARTY_KEYS, and a process that has none."""

import pytest

from party.operations.confidentiality import keys
from party.operations.confidentiality.keys.__main__ import main


pytestmark = pytest.mark.usefixtures("no_keys")


@pytest.mark.parametrize("value", [None, "", "none", " none "])
def test_without_a_setting_there_are_no_keys(monkeypatch, value):
    if value is not None:
        monkeypatch.setenv("PARTY_KEYS", value)
    assert not keys.available()


def test_a_process_without_keys_withholds_everything():
    provider = keys.provider()
    for call in (
        lambda: provider.kek("secret", "organ", 2026),
        lambda: provider.wrap("kek", bytes(32), b""),
        lambda: provider.unwrap("kek", bytes(60), b""),
        lambda: provider.secret("grants"),
        lambda: provider.facts(),
        lambda: provider.renew("kek"),
        lambda: provider.withhold("kek"),
        lambda: provider.restore("kek"),
    ):
        with pytest.raises(keys.Withheld):
            call()


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "none:",
        "file",
        "file:",
        "file:keys",
        "vault:/srv/keys",
        "/srv/keys",
        "pkcs11:libsofthsm2.so?token=party",
    ],
)
def test_what_is_not_understood_is_refused_at_once(monkeypatch, value):
    monkeypatch.setenv("PARTY_KEYS", value)
    for call in (keys.provider, keys.available, lambda: keys.configure(value), lambda: keys.create(value)):
        with pytest.raises(keys.Unusable, match="is not understood"):
            call()


@pytest.mark.parametrize("query", ["", "?", "?slot=1", "?token=a&token=b"])
def test_a_token_must_be_named(query):
    with pytest.raises(keys.Unusable, match="names no token"):
        keys.configure(f"pkcs11:/usr/lib/softhsm/libsofthsm2.so{query}")


def test_the_setting_is_read_at_first_use_and_kept(monkeypatch, directory):
    monkeypatch.setenv("PARTY_KEYS", f"file:{directory}")
    provider = keys.provider()
    assert keys.available()
    monkeypatch.setenv("PARTY_KEYS", "none")
    assert keys.provider() is provider
    keys.configure(None)
    assert not keys.available()


def test_a_refusal_says_what_to_do():
    assert "security officer" in keys.Withheld().message
    assert keys.Withheld(kek="a").facts == {"kek": "a"}
    assert "changed by something other than the system" in keys.Broken().message


def test_keys_are_made_listed_withheld_and_restored_without_a_site(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PARTY_KEYS", f"file:{tmp_path / 'keys'}")
    assert main(["create"]) == 0
    kek = keys.provider().kek("top-secret", "organ", 2026)
    assert main(["withhold", kek]) == main(["list"]) == 0
    assert [kek, "top-secret", "organ", "2026", "1"] == (told := capsys.readouterr().out.split())[:5]
    assert told[-1] == "withheld"
    assert main(["restore", kek]) == main(["list"]) == 0
    assert capsys.readouterr().out.split()[-2:] == ["in", "use"]


def test_the_command_line_says_what_is_wrong(monkeypatch, tmp_path, capsys):
    assert main([]) == main(["withhold"]) == 2
    assert main(["create"]) == main(["list"]) == 1
    monkeypatch.setenv("PARTY_KEYS", f"file:{tmp_path / 'keys'}")
    assert main(["create"]) == 0
    assert main(["create"]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["withhold", "unknown"]) == 1
