"""What every key provider does: a keyring in a file and a token alike."""

import subprocess
import sys
import threading
from collections import Counter

import pytest

from party.operations.confidentiality import keys


DEK = bytes(range(32))
LABEL = b"object\0secret\0unit"
SCOPE = ("secret", "organ", 2026)


def in_another_process(code: str) -> str:
    program = f"from party.operations.confidentiality import keys\np = keys.provider()\n{code}"
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


def test_what_was_wrapped_unwraps(provider):
    kek = provider.kek(*SCOPE)
    wrapped = provider.wrap(kek, DEK, LABEL)
    assert DEK not in wrapped
    assert provider.unwrap(kek, wrapped, LABEL) == DEK
    assert provider.wrap(kek, DEK, LABEL) != wrapped


def test_one_scope_has_one_kek_and_each_scope_its_own(provider):
    scopes = [SCOPE, ("top-secret", "organ", 2026), ("secret", "other", 2026), ("secret", "organ", 2027)]
    assert len({provider.kek(*each) for each in scopes}) == 4
    assert provider.kek(*SCOPE) == provider.kek(*SCOPE)


def test_every_doctored_byte_is_found(provider):
    kek = provider.kek(*SCOPE)
    wrapped = provider.wrap(kek, DEK, LABEL)
    for position in range(len(wrapped)):
        doctored = bytearray(wrapped)
        doctored[position] ^= 1
        with pytest.raises(keys.Broken):
            provider.unwrap(kek, bytes(doctored), LABEL)


@pytest.mark.parametrize("length", [0, 5, 12, 28, 40, 59])
def test_a_shortened_wrapping_is_found(provider, length):
    kek = provider.kek(*SCOPE)
    with pytest.raises(keys.Broken):
        provider.unwrap(kek, provider.wrap(kek, DEK, LABEL)[:length], LABEL)


def test_a_lengthened_wrapping_is_found(provider):
    kek = provider.kek(*SCOPE)
    with pytest.raises(keys.Broken):
        provider.unwrap(kek, provider.wrap(kek, DEK, LABEL) + b"0", LABEL)


@pytest.mark.parametrize("label", [b"", b"object\0normal\0unit", LABEL + b"0", LABEL[:-1]])
def test_a_doctored_label_is_found(provider, label):
    kek = provider.kek(*SCOPE)
    with pytest.raises(keys.Broken):
        provider.unwrap(kek, provider.wrap(kek, DEK, LABEL), label)


def test_the_wrapping_of_another_kek_is_found(provider):
    kek, other = provider.kek(*SCOPE), provider.kek("secret", "other", 2026)
    with pytest.raises(keys.Broken):
        provider.unwrap(other, provider.wrap(kek, DEK, LABEL), LABEL)


@pytest.mark.parametrize("unknown", ["0123456789abcdef", "no id at all", ""])
def test_an_unknown_kek_is_withheld(provider, unknown):
    for call in (lambda: provider.wrap(unknown, DEK, LABEL), lambda: provider.unwrap(unknown, bytes(60), LABEL)):
        with pytest.raises(keys.Withheld):
            call()
    for change in (provider.renew, provider.withhold, provider.restore):
        with pytest.raises(keys.Withheld):
            change(unknown)


def test_secrets_are_stable_and_one_for_each_purpose(provider):
    found = {provider.secret(purpose) for purpose in ("grants", "audit", "blind:secret", "blind:top-secret")}
    assert len(found) == 4
    assert {len(each) for each in found} == {32}
    assert provider.secret("grants") in found
    assert in_another_process("print(p.secret('grants').hex())") == provider.secret("grants").hex()


def test_a_renewed_scope_wraps_with_the_new_kek_and_the_old_one_still_opens(provider):
    old = provider.kek(*SCOPE)
    wrapped = provider.wrap(old, DEK, LABEL)
    new = provider.renew(old)
    assert new != old
    assert provider.kek(*SCOPE) == new
    assert provider.unwrap(old, wrapped, LABEL) == DEK


def test_renewing_twice_renews_once(provider):
    old = provider.kek(*SCOPE)
    assert provider.renew(old) == provider.renew(old) == provider.kek(*SCOPE)
    assert len(provider.facts()) == 2


def test_secrets_outlive_a_rotation(provider):
    before = provider.secret("grants")
    provider.renew(provider.kek(*SCOPE))
    assert provider.secret("grants") == before


def test_facts_tell_the_scope_and_never_the_key(provider):
    old = provider.kek(*SCOPE)
    new, other = provider.renew(old), provider.kek("top-secret", "organ", 2026)
    provider.withhold(old)
    told = [
        (each.id, each.level, each.organ, each.year, each.generation, each.current, each.withheld)
        for each in provider.facts()
    ]
    assert told == [
        (old, *SCOPE, 1, False, True),
        (new, *SCOPE, 2, True, False),
        (other, "top-secret", "organ", 2026, 1, True, False),
    ]


def test_a_withheld_kek_neither_opens_nor_wraps_nor_renews_until_it_is_restored(provider):
    kek = provider.kek(*SCOPE)
    wrapped = provider.wrap(kek, DEK, LABEL)
    provider.withhold(kek)
    assert provider.kek(*SCOPE) == kek
    for call in (
        lambda: provider.wrap(kek, DEK, LABEL),
        lambda: provider.unwrap(kek, wrapped, LABEL),
        lambda: provider.renew(kek),
    ):
        with pytest.raises(keys.Withheld):
            call()
    provider.restore(kek)
    assert provider.unwrap(kek, wrapped, LABEL) == DEK


def test_a_kek_withheld_in_one_process_is_withheld_in_every_other(provider):
    kek = provider.kek(*SCOPE)
    wrapped = provider.wrap(kek, DEK, LABEL)
    in_another_process(f"p.withhold({kek!r})")
    with pytest.raises(keys.Withheld):
        provider.unwrap(kek, wrapped, LABEL)
    in_another_process(f"p.restore({kek!r})")
    assert provider.unwrap(kek, wrapped, LABEL) == DEK


def test_a_process_that_begins_with_a_withheld_kek_has_it_when_it_is_restored(provider, url):
    kek = provider.kek(*SCOPE)
    wrapped = provider.wrap(kek, DEK, LABEL)
    provider.withhold(kek)
    keys.configure(url)
    begun = keys.provider()
    with pytest.raises(keys.Withheld):
        begun.unwrap(kek, wrapped, LABEL)
    in_another_process(f"p.restore({kek!r})")
    assert begun.unwrap(kek, wrapped, LABEL) == DEK


def test_a_kek_made_in_another_process_is_known(provider):
    kek, wrapped = in_another_process(
        f"kek = p.kek{SCOPE!r}; print(kek, p.wrap(kek, {DEK!r}, {LABEL!r}).hex())"
    ).split()
    assert provider.unwrap(kek, bytes.fromhex(wrapped), LABEL) == DEK
    assert provider.kek(*SCOPE) == kek
    renewed = in_another_process(f"print(p.renew({kek!r}))")
    assert provider.kek(*SCOPE) == renewed


def test_processes_that_make_the_same_kek_at_once_get_one(provider):
    code = (
        "import sys\nfrom party.operations.confidentiality import keys\np = keys.provider()\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(*[p.kek('secret', f'organ{n}', 2026) for n in range(5)])"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _number in range(4)
    ]
    for each in running:
        assert each.stdout.readline() == "ready\n"
    for each in running:
        each.stdin.write("\n")
        each.stdin.flush()
    answers = {each.communicate(timeout=60)[0] for each in running}
    assert len(answers) == 1
    assert [each.id for each in provider.facts()] == answers.pop().split()


def test_threads_share_a_provider(provider):
    seen: Counter[bytes] = Counter()

    def work(number: int) -> None:
        kek = provider.kek("secret", f"organ{number % 3}", 2026)
        for _time in range(50):
            seen[provider.unwrap(kek, provider.wrap(kek, DEK, LABEL), LABEL)] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(seen) == {DEK}
    assert len(provider.facts()) == 3


def test_making_keys_twice_is_refused(url):
    with pytest.raises(keys.Unusable, match="already"):
        keys.create(url)
