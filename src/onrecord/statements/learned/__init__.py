"""Statements by what words mean in their context: a network for all languages, fitted to annotated pages."""

from onrecord.statements.learned._reader import LearnedReader

__all__ = ["LearnedReader"]
