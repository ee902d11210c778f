"""Entities: names in, one thing under its many names out."""

from onrecord.entities._model import Entity, EntityKind

__all__ = ["Entity", "EntityKind"]
