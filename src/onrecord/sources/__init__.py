"""Sources: folders, files and globs in, a stream of bytes with where they came from out."""

from onrecord.sources._files import Item, count_items, open_source

__all__ = ["Item", "count_items", "open_source"]
