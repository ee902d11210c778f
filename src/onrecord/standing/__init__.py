"""Standing: the ledger as of a date in, a supplier's dossier out; no rendering in here (docs/dossier.md)."""

from onrecord.standing._by_hand import NoSuchPosition, check_position, position_codes, position_scopes
from onrecord.standing._by_month import ByMonth, by_month
from onrecord.standing._cases import kinds as case_kinds
from onrecord.standing._cases import stages_of
from onrecord.standing._changes import Changes, Move, MoveKind, changes_known, changes_of
from onrecord.standing._concern import Concerning, concerning
from onrecord.standing._dossier import standing_of
from onrecord.standing._ends import ends_of
from onrecord.standing._evidence import Evidence, Ground, first_and_last
from onrecord.standing._links import Links, links_of
from onrecord.standing._many_cases import cases_of
from onrecord.standing._matters import Matter, matters_of
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
    Side,
    Source,
    Stance,
    Step,
    UnreadSentence,
)
from onrecord.standing._over_time import OverTime, Tally, Turn, over_time_of
from onrecord.standing._queue import Queue, Queued, Second, Wanted, needing_second, queue_of, rows_of, said_of
from onrecord.standing._record import Record, UnknownEntity
from onrecord.standing._rules import is_narrow, side_of
from onrecord.standing._standings import Held, Standings, Stands, held_in, standings_of, stands_of
from onrecord.standing._support import Support
from onrecord.standing._tree import Branch, Root, Tree, Trees

__all__ = [
    "Alike",
    "Branch",
    "ByMonth",
    "Calendar",
    "Case",
    "Change",
    "Changes",
    "Citation",
    "Concerning",
    "Counts",
    "Dispute",
    "Dossier",
    "Event",
    "Evidence",
    "Ground",
    "Group",
    "Held",
    "Line",
    "Links",
    "Matter",
    "Moment",
    "Move",
    "MoveKind",
    "NoSuchPosition",
    "OverTime",
    "Period",
    "Position",
    "Queue",
    "Queued",
    "ReaderUsed",
    "Record",
    "Relative",
    "Root",
    "Second",
    "Side",
    "Source",
    "Stance",
    "Standings",
    "Stands",
    "Step",
    "Support",
    "Tally",
    "Tree",
    "Trees",
    "Turn",
    "UnknownEntity",
    "UnreadSentence",
    "Wanted",
    "by_month",
    "case_kinds",
    "cases_of",
    "changes_known",
    "changes_of",
    "check_position",
    "concerning",
    "ends_of",
    "first_and_last",
    "held_in",
    "is_narrow",
    "links_of",
    "matters_of",
    "needing_second",
    "over_time_of",
    "position_codes",
    "position_scopes",
    "queue_of",
    "rows_of",
    "said_of",
    "side_of",
    "stages_of",
    "standing_of",
    "standings_of",
    "stands_of",
]
