"""What only a bare connection shows: bytes after the headers of an answer that has no body."""

from collections.abc import Iterator

from tests.leaks.battery import Leak
from tests.leaks.markers import Markers
from tests.leaks.plants import Plant
from tests.leaks.wire import Person


#: verbs whose answers have no body, or whose names are not those of HTTP
_LINES = ("HEAD {path} HTTP/1.1", "HEAD {path} HTTP/1.0")
_PATHS = ("/d/{uid}", "/d/{uid}/@@file/{file}", "/@documents/{uid}", "/@documents/{uid}/files/{file}", "{path}/@@title")


def requests(plant: Plant) -> Iterator[tuple[str, str]]:
    """(first line, path) of every request."""
    for path in _PATHS:
        address = path.format(uid=plant.uid, file=plant.files[0], path=plant.path)
        for line in _LINES:
            yield line.format(path=address), address


def bytes_after_head(markers: Markers, plant: Plant, who: Person) -> Iterator[Leak]:
    """Answers to HEAD that are followed by something, which a pooled connection would take for the next one's answer."""
    for line, _address in requests(plant):
        lines = [line, "Host: {}:{}".format(*who.door.address), "Accept: application/json", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in who.credentials.items()]
        got = who.door.bare("\r\n".join([*lines, "", ""]).encode())
        _head, _blank, rest = got.partition(b"\r\n\r\n")
        hits = sorted(hit.field for hit in markers.search(rest))
        if rest:
            detail = f"{len(rest)} bytes after the headers {hits}"
            yield Leak(
                "content" if hits else "existence",
                f"raw: {line.split(' HTTP')[0]}",
                "raw",
                who.name,
                plant.name,
                detail,
            )
