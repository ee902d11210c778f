"""Web: a ledger in, the workbench and the HTTP API out (docs/workbench.md, docs/accounts.md)."""

from onrecord.web._app import create_app
from onrecord.web._makers import Makers, processors
from onrecord.web._openid import OpenIdError, Provider, read_settings
from onrecord.web._serve import HostRefused, check_host, check_public_url, serve

__all__ = [
    "HostRefused",
    "Makers",
    "OpenIdError",
    "Provider",
    "check_host",
    "check_public_url",
    "create_app",
    "processors",
    "read_settings",
    "serve",
]
