"""Present: statements and dossiers in, words for a reader out; every format escapes what came from a page."""

from onrecord.present._catalogue import ENGLISH, explaining, languages
from onrecord.present._cells import csv_table, safe_cell
from onrecord.present._changes import ChangesFormat, render_changes
from onrecord.present._check import CheckFormat, check_workbook, render_check
from onrecord.present._export import EXPORTS, ExportFormat, MissingLibrary, export
from onrecord.present._origins import OriginsFormat, render_origins
from onrecord.present._over_time import render_over_time
from onrecord.present._plain import plain
from onrecord.present._render import FORMATS, Format, render, render_standing
from onrecord.present._screening import SCREENED, hit_lines, hit_row, screened_fields
from onrecord.present._sentence import sentence
from onrecord.present._standings import render_standings

__all__ = [
    "ENGLISH",
    "EXPORTS",
    "FORMATS",
    "SCREENED",
    "ChangesFormat",
    "CheckFormat",
    "ExportFormat",
    "Format",
    "MissingLibrary",
    "OriginsFormat",
    "check_workbook",
    "csv_table",
    "explaining",
    "export",
    "hit_lines",
    "hit_row",
    "languages",
    "plain",
    "render",
    "render_changes",
    "render_check",
    "render_origins",
    "render_over_time",
    "render_standing",
    "render_standings",
    "safe_cell",
    "screened_fields",
    "sentence",
]
