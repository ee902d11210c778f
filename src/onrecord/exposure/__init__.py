"""Exposure: the user's register in, findings out: which line is touched, by what, with the evidence."""

from onrecord.exposure._check import check
from onrecord.exposure._model import (
    BadLine,
    Check,
    Finding,
    FindingKind,
    Layer,
    Looked,
    Note,
    Register,
    RegisterError,
    RegisterLine,
    Sort,
    Step,
)

__all__ = [
    "BadLine",
    "Check",
    "Finding",
    "FindingKind",
    "Layer",
    "Looked",
    "Note",
    "Register",
    "RegisterError",
    "RegisterLine",
    "Sort",
    "Step",
    "check",
]
