"""Team: who works with a ledger, and what each of them keeps beside it, which is no part of the record."""

from onrecord.team._person import ROLES, Person, Role, alone
from onrecord.team._review import Blind, Reviews, SecondRule
from onrecord.team._store import Team

__all__ = ["ROLES", "Blind", "Person", "Reviews", "Role", "SecondRule", "Team", "alone"]
