"""Pages: bytes of a file in, clean text with its provenance out."""

from onrecord.pages._model import Block, Page, Published, Run

__all__ = ["Block", "Page", "Published", "Run"]
