"""The API: a list or a register looked at before it is kept. Nothing of what is sent stays."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile

from onrecord import shapes
from onrecord.exposure import GivenFile, read_register, register_columns, register_versions
from onrecord.lists import brought_by
from onrecord.present import party_change_fields, party_fields, problem_fields, version_fields
from onrecord.web._api_register import register_version_fields
from onrecord.web._bench import Here
from onrecord.web._json import Json
from onrecord.web._mapping import NAME, mapping_of, name_of, sort_of
from onrecord.web._person import needs
from onrecord.web._sent_lists import read_sent
from onrecord.web._uploads import files_of, one_file

router = APIRouter(dependencies=[Depends(needs("reviewer"))])


@router.post("/lists/preview", response_class=Json, response_model=shapes.ListPreview, tags=["lists"])
def list_preview(
    bench: Here,
    files: Annotated[list[UploadFile], File(description="The files of one list.")],
    name: Annotated[str, Form(max_length=60, description="Under this short name.")] = "",
    issued: Annotated[str, Form(max_length=20, description="Its day, where it does not say so.")] = "",
) -> Json:
    """What a list would bring if it were added: which list it is, who would be added, removed and changed
    against the version before it by its day, and what speaks against taking it. It is not kept."""
    read = read_sent(files_of(files), name, issued)
    brought = brought_by(bench.ledger, read)
    return Json(
        {
            "list": read.list,
            "title": read.title,
            "publisher": read.publisher,
            "format": read.format,
            "issued": read.issued,
            "entries": len(read.parties),
            "whole": read.whole,
            "unusable": [problem_fields(one) for one in read.problems],
            "shrunk": brought.shrunk,
            "before": version_fields(brought.before) if brought.before else None,
            "added": [party_fields(one) for one in brought.added],
            "removed": [party_fields(one) for one in brought.removed],
            "changed": [party_change_fields(one) for one in brought.changed],
        }
    )


@router.post(
    "/register/preview", response_class=Json, response_model=shapes.RegisterPreview, tags=["register"]
)
def register_preview(
    bench: Here,
    file: Annotated[UploadFile, File(description="CSV or XLSX, 64 MB at most.")],
    name: Annotated[str, Form(max_length=NAME, description="Else the file's.")] = "",
    map: Annotated[
        list[str] | None, Form(description="HEADING=COLUMN for each column whose heading does not say it.")
    ] = None,
    sort: Annotated[str, Form(description="What lines tell of that do not say so themselves.")] = "",
) -> Json:
    """How a register would be read: for what each of its columns is taken, how many lines can be used, and
    what is wrong with the others. It is not kept."""
    called, data = one_file(file)
    given = GivenFile(called, data)
    mapping = mapping_of(map or [])
    read = read_register(given, columns=mapping, sort=sort_of(sort))
    under = name_of(name or called)
    before = register_versions(bench.ledger, under)
    return Json(
        {
            "register": under,
            "columns": [
                {
                    "number": one.number,
                    "heading": one.heading,
                    "field": mapping.get(one.heading, one.field or "") or None,
                    "samples": list(one.samples),
                }
                for one in register_columns(given)
            ],
            "lines": len(read.lines),
            "unusable": [
                {"line": one.line, "column": one.column, "message": one.message} for one in read.bad
            ],
            "remarks": list(read.remarks),
            "before": register_version_fields(before[-1]) if before else None,
        }
    )
