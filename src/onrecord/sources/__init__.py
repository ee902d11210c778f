"""Sources: folders, files, globs, and URLs that the user names in; bytes with where they came from out."""

from onrecord.sources._files import Item, count_items, open_source
from onrecord.sources._web import (
    ALLOW_PRIVATE,
    MAX_FETCHED,
    Fetched,
    FetchError,
    fetch,
    is_public,
    is_url,
    name_in,
)

__all__ = [
    "ALLOW_PRIVATE",
    "MAX_FETCHED",
    "FetchError",
    "Fetched",
    "Item",
    "count_items",
    "fetch",
    "is_public",
    "is_url",
    "name_in",
    "open_source",
]
