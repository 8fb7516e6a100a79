"""The attributes of an object as JSON and back (trạng thái đối tượng): every value keeps its type.

What JSON has no word for is written as an object with one name that begins with "@": dates, tuples, persistent lists
and mappings, our own classes, and files, which stand in the folder under their SHA-256.
"""

from datetime import date
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from Acquisition import aq_base
from DateTime import DateTime
from persistent import Persistent
from persistent.list import PersistentList
from persistent.mapping import PersistentMapping
from ZODB.blob import Blob

from party.operations.confidentiality.base import SealedRecord
from party.operations.documents.content import Version
from party.operations.documents.files import DocumentFile
from party.operations.exportimport.folder import Folder


_CLASSES = {each.__name__: each for each in (Version, DocumentFile, SealedRecord)}


class Unknown(TypeError):
    """A value of a type that an export does not know; nothing is left out in silence."""


def encode(value: Any, folder: Folder) -> Any:
    """``value`` as JSON, its files kept in ``folder``."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, bytes):
        return {"@bytes": value.decode("latin-1")}
    if isinstance(value, datetime):
        return {"@datetime": value.isoformat()}
    if isinstance(value, date):
        return {"@date": value.isoformat()}
    if isinstance(value, DateTime):
        return {"@DateTime": [repr(part) if isinstance(part, float) else part for part in value.__getstate__()]}
    if isinstance(value, Blob):
        with value.open() as stream:
            return {"@blob": folder.keep(stream)}
    if type(value) is list:
        return [encode(each, folder) for each in value]
    if type(value) is dict:
        return {name: encode(each, folder) for name, each in value.items()}
    return _encode_tagged(value, folder)


def decode(value: Any, folder: Folder) -> Any:
    """What :func:`encode` was given."""
    if isinstance(value, list):
        return [decode(each, folder) for each in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if not tag.startswith("@"):
        return {name: decode(each, folder) for name, each in value.items()}
    if tag == "@class":
        return _instance(value, folder)
    return _DECODERS[tag](value[tag], folder)


def _encode_tagged(value: Any, folder: Folder) -> Any:
    if type(value) is tuple:
        return {"@tuple": [encode(each, folder) for each in value]}
    if isinstance(value, PersistentList):
        return {"@PersistentList": [encode(each, folder) for each in value]}
    if isinstance(value, PersistentMapping):
        return {"@PersistentMapping": {name: encode(each, folder) for name, each in value.items()}}
    name = type(aq_base(value)).__name__
    if _CLASSES.get(name) is not type(aq_base(value)):
        raise Unknown(f"{type(value)!r} cannot be exported")
    if isinstance(value, Persistent):
        value._p_activate()
    own = {key: each for key, each in vars(aq_base(value)).items() if key[:3] != "_v_"}
    return {"@class": name, **{key: encode(each, folder) for key, each in own.items()}}


def _instance(plain: dict[str, Any], folder: Folder) -> Any:
    found = _CLASSES[plain["@class"]].__new__(_CLASSES[plain["@class"]])
    # past their __setattr__: most of these classes are frozen
    vars(found).update({name: decode(value, folder) for name, value in plain.items() if name != "@class"})
    return found


def _blob(sha256: str, folder: Folder) -> Blob:
    blob = Blob()
    path: Path = folder.blob(sha256)
    with path.open("rb") as source, blob.open("w") as target:
        copyfileobj(source, target, 1024 * 1024)
    return blob


def _moment(parts: list[Any], folder: Folder) -> DateTime:
    moment = DateTime.__new__(DateTime)
    moment.__setstate__(tuple(parts))
    return moment


_DECODERS: dict[str, Any] = {
    "@bytes": lambda text, folder: text.encode("latin-1"),
    "@datetime": lambda text, folder: datetime.fromisoformat(text),
    "@date": lambda text, folder: date.fromisoformat(text),
    "@DateTime": _moment,
    "@blob": _blob,
    "@tuple": lambda items, folder: tuple(decode(each, folder) for each in items),
    "@PersistentList": lambda items, folder: PersistentList(decode(each, folder) for each in items),
    "@PersistentMapping": lambda items, folder: PersistentMapping(
        {name: decode(each, folder) for name, each in items.items()}
    ),
}
