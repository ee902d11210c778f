"""Entities: names in, one thing under its many names out."""

from onrecord.entities._data import NameData, catalogue, english_firms, name_data, state_names
from onrecord.entities._listed import NounList, noun_in
from onrecord.entities._model import Entity, EntityKind, Mention, Resolution
from onrecord.entities._resolve import resolve

__all__ = [
    "Entity",
    "EntityKind",
    "Mention",
    "NameData",
    "NounList",
    "Resolution",
    "catalogue",
    "english_firms",
    "name_data",
    "noun_in",
    "resolve",
    "state_names",
]
