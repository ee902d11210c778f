"""Present: statements and dossiers in, words for a reader out; every format escapes what came from a page."""

from onrecord.present._catalogue import ENGLISH, explaining, languages, terms
from onrecord.present._cells import csv_table, safe_cell
from onrecord.present._changes import ChangesFormat, changes_json, moves_data, render_changes
from onrecord.present._check import CheckFormat, check_workbook, render_check
from onrecord.present._check_view import GRAVITY, SIDES, CheckView
from onrecord.present._export import EXPORTS, ExportFormat, MissingLibrary, export, left_out
from onrecord.present._fields import (
    audit_fields,
    entity_fields,
    hit_fields,
    judgement_fields,
    log_end_fields,
    mention_fields,
    page_fields,
    published_value,
    statement_fields,
    supplier_fields,
)
from onrecord.present._likeness import reason_told, wanting_told
from onrecord.present._lists_fields import (
    changes_fields,
    listing_fields,
    party_change_fields,
    party_fields,
    problem_fields,
    today,
    version_fields,
)
from onrecord.present._moved import Moved, moved_days, standing_told
from onrecord.present._names import call
from onrecord.present._origins import OriginsFormat, render_origins
from onrecord.present._over_time import render_over_time
from onrecord.present._part import Go, dossier_part, standings_part, stylesheet
from onrecord.present._plain import plain
from onrecord.present._position import HeldTold, code_told, held_fields, held_told, position_told, scope_told
from onrecord.present._render import FORMATS, Format, render, render_standing
from onrecord.present._rules_fields import pack_fields, pack_read_fields, rule_conditions, rule_says
from onrecord.present._screening import SCREENED, hit_lines, hit_row, screened_fields
from onrecord.present._sentence import sentence
from onrecord.present._standings import render_standings
from onrecord.present._things import Thing, ThingHit, ThingKind, thing_fields

__all__ = [
    "ENGLISH",
    "EXPORTS",
    "FORMATS",
    "GRAVITY",
    "SCREENED",
    "SIDES",
    "ChangesFormat",
    "CheckFormat",
    "CheckView",
    "ExportFormat",
    "Format",
    "Go",
    "HeldTold",
    "MissingLibrary",
    "Moved",
    "OriginsFormat",
    "Thing",
    "ThingHit",
    "ThingKind",
    "audit_fields",
    "call",
    "changes_fields",
    "changes_json",
    "check_workbook",
    "code_told",
    "csv_table",
    "dossier_part",
    "entity_fields",
    "explaining",
    "export",
    "held_fields",
    "held_told",
    "hit_fields",
    "hit_lines",
    "hit_row",
    "judgement_fields",
    "languages",
    "left_out",
    "listing_fields",
    "log_end_fields",
    "mention_fields",
    "moved_days",
    "moves_data",
    "pack_fields",
    "pack_read_fields",
    "page_fields",
    "party_change_fields",
    "party_fields",
    "plain",
    "position_told",
    "problem_fields",
    "published_value",
    "reason_told",
    "render",
    "render_changes",
    "render_check",
    "render_origins",
    "render_over_time",
    "render_standing",
    "render_standings",
    "rule_conditions",
    "rule_says",
    "safe_cell",
    "scope_told",
    "screened_fields",
    "sentence",
    "standing_told",
    "standings_part",
    "statement_fields",
    "stylesheet",
    "supplier_fields",
    "terms",
    "thing_fields",
    "today",
    "version_fields",
    "wanting_told",
]
