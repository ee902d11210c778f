"""Files to be saved, which no browser shows as a page of ours: a check, an empty register to fill in."""

from __future__ import annotations

from typing import cast, get_args
from urllib.parse import quote

from fastapi import Response

from onrecord.exposure import TemplateForm, register_template
from onrecord.present import check_workbook, render_check
from onrecord.web._errors import not_found
from onrecord.web._registers import Found
from onrecord.web._words import Words

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def attachment(data: bytes, name: str) -> Response:
    """Bytes as a file of that name (RFC 6266), of a type that its ending says."""
    ending = name.rpartition(".")[2].lower()
    bare = "".join(one if one.isascii() and (one.isalnum() or one in "._-") else "-" for one in name)
    disposition = f"attachment; filename=\"{bare}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        data,
        media_type=_TYPES.get(ending, "application/octet-stream"),
        headers={"Content-Disposition": disposition},
    )


def file_of(found: Found, form: str, language: str) -> Response:
    """A check in a format, to be saved. `Problem` for a format that there is not."""
    name, told = f"{found.kept.name}-{found.check.as_of}.{form}", Words(language).plainly
    check, register = found.check, found.register
    if form == "xlsx":
        return attachment(check_workbook(check, register, language=language, told=told), name)
    if form == "html":
        text = render_check(check, "html", register=register, language=language, told=told)
    elif form == "json":
        text = render_check(check, "json", register=register, language=language)
    else:
        raise not_found(f"A check is not to be had as '{form[:20]}'. There are: xlsx, html, json.")
    return attachment(text.encode("utf-8", "backslashreplace"), name)


def template_file(form: str, language: str) -> Response:
    """An empty register to fill in, with headings in a language, to be saved. `Problem` for a format that
    there is not."""
    if form not in get_args(TemplateForm):
        raise not_found("There is nothing at this address.")
    return attachment(register_template(cast(TemplateForm, form), language), f"register.{form}")
