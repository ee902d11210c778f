"""Present: statements and dossiers in, words for a reader out; every format escapes what came from a page."""

from onrecord.present._catalogue import explaining
from onrecord.present._plain import plain
from onrecord.present._render import FORMATS, Format, render, render_standing
from onrecord.present._sentence import sentence

__all__ = ["FORMATS", "Format", "explaining", "plain", "render", "render_standing", "sentence"]
