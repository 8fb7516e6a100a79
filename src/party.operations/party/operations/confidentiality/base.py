"""The base of everything that can be confidential (văn bản, hồ sơ, nhiệm vụ, phiên họp): one class for all levels.

At level normal an object holds its values in its attributes, like any other. At a classified level its attributes hold
surrogates for everybody, and the values stand sealed in its record; :func:`open_record` is the one way to them.
"""

from types import FunctionType
from typing import Any

from Acquisition import aq_base
from persistent import Persistent
from persistent.mapping import PersistentMapping
from plone.dexterity.content import Container
from plone.dexterity.content import Item
from zope.interface import implementer
from zope.interface import Interface

from party.operations.confidentiality import data_keys
from party.operations.confidentiality import keys
from party.operations.confidentiality import monitor
from party.operations.confidentiality import sealing
from party.operations.confidentiality.data_keys import DataKey
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.permissions import records_only


#: the title of every classified object for everybody
SURROGATE = "Văn bản mật"


class ILevelled(Interface):
    """Has a confidentiality level and is read only through grants."""


class SealedRecord(Persistent):
    """The sealed values of an object by field, and the id of the data key they are sealed with."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.values = PersistentMapping()


class Levelled:
    """The level, and what of an object is never in the clear at a classified one."""

    #: độ mật
    level = NORMAL
    #: :class:`SealedRecord` of a classified object
    sealed = None
    #: names of the attributes that are sealed; each has a harmless value on the class
    SEALED = frozenset({"title"})

    def reveal(self, field: str) -> Any:
        """The value of ``field`` at level normal; a classified object says it only through :func:`open_record`."""
        if self.level != NORMAL:
            raise TypeError("a classified object is opened first")
        return getattr(self, field)

    def __setattr__(self, name: str, value: Any) -> None:
        # asked of the class, as the database sets attributes of its own on objects whose state it has not loaded
        if name in type(self).SEALED and self.sealed is not None and value != _harmless(self, name):
            raise TypeError(f"{name} of a classified object is written through its opened record")
        super().__setattr__(name, value)


@implementer(ILevelled)
@records_only
class LevelledItem(Levelled, Item):
    """A record without children."""


@implementer(ILevelled)
@records_only
class LevelledContainer(Levelled, Container):
    """A record with children."""


class Revealed:
    """A classified object opened for the person who acts: its values are attributes, and setting one seals it.

    It lives as long as the request. It is never stored, and shows nothing of itself in logs and tracebacks.
    """

    __slots__ = ("_key", "_known", "_obj")

    def __init__(self, obj: Any, key: DataKey) -> None:
        object.__setattr__(self, "_obj", obj)
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "_known", {})

    def __getattr__(self, name: str) -> Any:
        obj = self._obj
        if name in _class_of(obj).SEALED:
            if name not in self._known:
                self._known[name] = _value(obj, self._key, name)
            return self._known[name]
        method = next((vars(cls)[name] for cls in _class_of(obj).__mro__ if name in vars(cls)), None)
        if isinstance(method, FunctionType) and method.__module__.startswith("party.operations."):
            # our own methods see the values
            return method.__get__(self)
        return getattr(obj, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _class_of(self._obj).SEALED:
            self._obj.sealed.values[name] = sealing.seal(self._key, name, value)
            self._known[name] = value
        else:
            setattr(self._obj, name, value)

    def reveal(self, field: str) -> Any:
        """The value of ``field``."""
        return getattr(self, field)

    def __repr__(self) -> str:
        return "<opened record>"

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("an opened record is not stored")


def open_record(obj: Any, purpose: str = "reveal", recorded: bool = False, admitted: str = "") -> Any:
    """``obj`` to be read and changed by the person who acts: itself at level normal, else its values in the clear.

    Raises ``Missing`` for who may not see it, ``keys.Withheld`` and ``keys.Broken``. ``purpose`` goes into the audit, but for
    the rest of a look that is ``recorded`` there; ``admitted`` as for :func:`.monitor.check`.
    """
    if obj.level == NORMAL:
        return obj
    monitor.check(obj, purpose, recorded, admitted)
    return Revealed(obj, _key_of(obj))


def begin_sealing(obj: Any, key: DataKey) -> Any:
    """Make ``obj``, whose attributes say nothing yet, a classified object under ``key`` and return it opened."""
    obj.title = SURROGATE
    obj.level = key.level
    obj.sealed = SealedRecord(key.id)
    return Revealed(obj, key)


def values_of(obj: Any) -> dict[str, Any]:
    """All values of an object, or of an opened record, by attribute."""
    return {name: getattr(obj, name) for name in _class_of(obj._obj if isinstance(obj, Revealed) else obj).SEALED}


def seal_anew(obj: Any, values: dict[str, Any], key: DataKey | None) -> Any:
    """Write ``values`` into ``obj`` under ``key``, or in the clear when there is none; returns it opened."""
    obj.sealed = None
    if key is None:
        obj.level = NORMAL
        for name, value in values.items():
            setattr(obj, name, value)
        return obj
    plain = aq_base(obj)
    for name in values.keys() & vars(plain).keys():
        delattr(plain, name)
    opened = begin_sealing(obj, key)
    for name, value in values.items():
        setattr(opened, name, value)
    return opened


def _class_of(obj: Any) -> Any:
    return type(aq_base(obj))


def _key_of(obj: Any) -> DataKey:
    key = data_keys.get(obj.sealed.key)
    if (key.object, key.level, key.unit) != (obj.UID(), obj.level, obj.unit):
        monitor.record_broken(obj.UID(), "label")
        raise keys.Broken()
    return key


def _value(obj: Any, key: DataKey, name: str) -> Any:
    sealed = obj.sealed.values.get(name)
    if sealed is None:
        return _harmless(obj, name)
    try:
        return sealing.unseal(key, name, sealed)
    except keys.Broken:
        monitor.record_broken(obj.UID(), name)
        raise


def _harmless(obj: Any, name: str) -> Any:
    return SURROGATE if name == "title" else getattr(_class_of(obj), name, None)
