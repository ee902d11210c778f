"""Readers of published lists: a file's bytes in, its parties and its problems out. One module per family of
formats; which it is, is told from the content."""

from onrecord.lists.readers._recognise import read_list, read_list_files

__all__ = ["read_list", "read_list_files"]
