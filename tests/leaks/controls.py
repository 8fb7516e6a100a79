"""That the battery can see: who may read a document finds every mark of it, in every place where it may be read."""

from collections.abc import Iterator

from tests.leaks.markers import Markers
from tests.leaks.plants import Plant
from tests.leaks.wire import Answer
from tests.leaks.wire import JSON
from tests.leaks.wire import Person


def looked_at(plant: Plant, reader: Person) -> Iterator[Answer]:
    """Everything that one reader is shown of a document."""
    yield reader.ask("GET", f"d/{plant.uid}")
    for place in ("", "/history", "/deliveries"):
        yield reader.ask("GET", f"@documents/{plant.uid}{place}", JSON)
    for file in plant.files:
        yield reader.ask("GET", f"@documents/{plant.uid}/files/{file}", JSON)
        yield reader.ask("GET", f"d/{plant.uid}/@@file/{file}")


def unseen(markers: Markers, plants: list[Plant], people: dict[str, Person]) -> dict[str, set[str]]:
    """Marks of each document that none of its readers finds; empty sets when the battery sees everything.

    Who reads a classified document is given marked pages: files that cannot be marked are refused to him (403).
    """
    missing = {}
    for plant in plants:
        seen: set[str] = set()
        withheld = False
        for key in plant.readers:
            for answer in looked_at(plant, people[key]):
                seen |= {hit.field for hit in markers.search(answer.everything)}
                withheld |= answer.status == 403
        planted = {name for name in markers.fields.values() if name.startswith(f"{plant.name}.")}
        missing[plant.name] = {each for each in planted - seen if not (withheld and each.endswith((" docx", " txt")))}
    return missing
