"""Pages: bytes of a file in, clean text with its provenance out."""

from onrecord.pages._credits import credited_agency
from onrecord.pages._errors import UnreadablePage
from onrecord.pages._finding import find_words
from onrecord.pages._limits import MAX_PAGE_BYTES
from onrecord.pages._model import Block, Page, Published, Run
from onrecord.pages._reading import read_page

__all__ = [
    "MAX_PAGE_BYTES",
    "Block",
    "Page",
    "Published",
    "Run",
    "UnreadablePage",
    "credited_agency",
    "find_words",
    "read_page",
]
