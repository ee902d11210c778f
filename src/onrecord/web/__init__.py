"""Web: a ledger in, the workbench and the HTTP API out (docs/workbench.md)."""

from onrecord.web._app import create_app
from onrecord.web._serve import HostRefused, check_host, serve

__all__ = ["HostRefused", "check_host", "create_app", "serve"]
