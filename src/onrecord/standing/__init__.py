"""Standing: the ledger as of a date in, a supplier's dossier out; no rendering in here (docs/dossier.md)."""

from onrecord.standing._by_hand import NoSuchPosition, check_position, position_codes, position_scopes
from onrecord.standing._changes import Changes, Move, MoveKind, changes_of
from onrecord.standing._dossier import standing_of
from onrecord.standing._model import (
    Alike,
    Calendar,
    Case,
    Change,
    Citation,
    Counts,
    Dispute,
    Dossier,
    Event,
    Group,
    Line,
    Moment,
    Period,
    Position,
    ReaderUsed,
    Relative,
    Source,
    Stance,
    Step,
    UnreadSentence,
)
from onrecord.standing._record import Record, UnknownEntity
from onrecord.standing._rules import side_of
from onrecord.standing._standings import Held, Standings, standings_of
from onrecord.standing._tree import Branch, Root, Tree, Trees

__all__ = [
    "Alike",
    "Branch",
    "Calendar",
    "Case",
    "Change",
    "Changes",
    "Citation",
    "Counts",
    "Dispute",
    "Dossier",
    "Event",
    "Group",
    "Held",
    "Line",
    "Moment",
    "Move",
    "MoveKind",
    "NoSuchPosition",
    "Period",
    "Position",
    "ReaderUsed",
    "Record",
    "Relative",
    "Root",
    "Source",
    "Stance",
    "Standings",
    "Step",
    "Tree",
    "Trees",
    "UnknownEntity",
    "UnreadSentence",
    "changes_of",
    "check_position",
    "position_codes",
    "position_scopes",
    "side_of",
    "standing_of",
    "standings_of",
]
