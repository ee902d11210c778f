"""Entities: names in, one thing under its many names out."""

from onrecord.entities._called import listed, listed_alone, listed_called
from onrecord.entities._catalogue import (
    CatalogueEntry,
    Former,
    PartOf,
    Sort,
    catalogue,
    catalogue_entry,
    children_of,
    folded,
    keys_named,
    outlet_named,
    parent_of,
    speaks_for,
)
from onrecord.entities._data import NameData, english_firms, name_data, state_names
from onrecord.entities._listed import NounList, noun_in
from onrecord.entities._model import Entity, EntityKind, Mention, Resolution
from onrecord.entities._new_keys import key_of_new, name_of_new
from onrecord.entities._resolve import resolve

__all__ = [
    "CatalogueEntry",
    "Entity",
    "EntityKind",
    "Former",
    "Mention",
    "NameData",
    "NounList",
    "PartOf",
    "Resolution",
    "Sort",
    "catalogue",
    "catalogue_entry",
    "children_of",
    "english_firms",
    "folded",
    "key_of_new",
    "keys_named",
    "listed",
    "listed_alone",
    "listed_called",
    "name_data",
    "name_of_new",
    "noun_in",
    "outlet_named",
    "parent_of",
    "resolve",
    "speaks_for",
    "state_names",
]
