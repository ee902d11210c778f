"""The same tests of standing on either database: a file, and a real server."""

from __future__ import annotations

from tests.stores import huawei, ledger_of, new_place

__all__ = ["huawei", "ledger_of", "new_place"]
