"""Scripts and styles under addresses that change with their content (tệp tĩnh), so that browsers keep them for good."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from zope.component.hooks import getSite


STATIC = Path(__file__).parent / "static"
#: Bootstrap 5 as Plone's theme has it
BOOTSTRAP = Path(str(files("plonetheme.barceloneta"))) / "theme/css/barceloneta.min.css"


def own(name: str) -> str:
    """The address of a file in ``static``."""
    return f"{getSite().absolute_url()}/++plone++party.operations/++unique++{_stamp(STATIC / name)}/{name}"


def bootstrap() -> str:
    """The address of the one style that is not ours."""
    return f"{getSite().absolute_url()}/++theme++barceloneta/++unique++{_stamp(BOOTSTRAP)}/css/{BOOTSTRAP.name}"


def _stamp(path: Path) -> str:
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
