"""Ids of rows grow and fit into a browser's numbers."""

from party.operations.ledger import ids


def test_ids_grow_and_never_repeat_however_fast_they_are_drawn() -> None:
    drawn = [ids.new() for _ in range(20_000)]
    assert drawn == sorted(set(drawn))
    assert drawn[-1] < 2**53
