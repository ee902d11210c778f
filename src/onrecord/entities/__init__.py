"""Entities: names in, one thing under its many names out."""

from onrecord.entities._data import english_adjective, english_firms, english_name, ends_with, noun_in
from onrecord.entities._model import Entity, EntityKind, Mention, Resolution
from onrecord.entities._resolve import resolve

__all__ = [
    "Entity",
    "EntityKind",
    "Mention",
    "Resolution",
    "english_adjective",
    "english_firms",
    "english_name",
    "ends_with",
    "noun_in",
    "resolve",
]
