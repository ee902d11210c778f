"""On Record: what is said about technology suppliers, by whom, in whose words.

    from onrecord import Ledger, read

    with Ledger("sqlite:///record.db") as ledger:
        read("pages/", into=ledger)
        dossier = ledger.dossier("Huawei", as_of="2019-02-01")

The names are looked up in their rooms when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord._api import Ledger
    from onrecord.engine import read
    from onrecord.entities import resolve
    from onrecord.language import analyse
    from onrecord.pages import read_page
    from onrecord.sources import open_source
    from onrecord.standing import standing_of
    from onrecord.statements import read_statements

    __version__: str

_ROOMS = {
    "Ledger": "onrecord._api",
    "analyse": "onrecord.language",
    "open_source": "onrecord.sources",
    "read": "onrecord.engine",
    "read_page": "onrecord.pages",
    "read_statements": "onrecord.statements",
    "resolve": "onrecord.entities",
    "standing_of": "onrecord.standing",
}

__all__ = [
    "Ledger",
    "__version__",
    "analyse",
    "open_source",
    "read",
    "read_page",
    "read_statements",
    "resolve",
    "standing_of",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    if name not in _ROOMS:
        raise AttributeError(f"module 'onrecord' has no attribute '{name}'")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
