"""Exposure: the user's register in, findings out: which line is touched, by what, with the evidence."""

from onrecord.exposure._cells import state_code
from onrecord.exposure._check import check, kept_check, kept_checks
from onrecord.exposure._findings import Outline, by_lines, outlines
from onrecord.exposure._given import GivenFile
from onrecord.exposure._model import (
    BadLine,
    Check,
    Column,
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
from onrecord.exposure._register import read_register, register_columns
from onrecord.exposure._registers import (
    NoSuchRegister,
    RegisterVersion,
    current_registers,
    keep_register,
    kept_register,
    register_file,
    register_versions,
    versions_of_register,
)
from onrecord.exposure._template import (
    TemplateColumn,
    TemplateForm,
    register_template,
    template_columns,
)
from onrecord.exposure._touch import finding_sentence, note_sentence
from onrecord.exposure._words import register_fields
from onrecord.exposure.rules import Pack, PackError, Rule, packs, rule_findings

__all__ = [
    "BadLine",
    "Check",
    "Column",
    "Finding",
    "FindingKind",
    "GivenFile",
    "Layer",
    "Looked",
    "NoSuchRegister",
    "Note",
    "Outline",
    "Pack",
    "PackError",
    "Register",
    "RegisterError",
    "RegisterLine",
    "RegisterVersion",
    "Rule",
    "Sort",
    "Step",
    "TemplateColumn",
    "TemplateForm",
    "by_lines",
    "check",
    "current_registers",
    "finding_sentence",
    "keep_register",
    "kept_check",
    "kept_checks",
    "kept_register",
    "note_sentence",
    "outlines",
    "packs",
    "read_register",
    "register_columns",
    "register_fields",
    "register_file",
    "register_template",
    "register_versions",
    "rule_findings",
    "state_code",
    "template_columns",
    "versions_of_register",
]
