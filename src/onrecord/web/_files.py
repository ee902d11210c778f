"""Files to be saved: answers that no browser shows as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

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
