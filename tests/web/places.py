"""The addresses that there are to ask, found in the answers themselves."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import httpx


def entity_address(room: str, key: str) -> str:
    """The address of an entity in a part of the workbench."""
    return f"/{room}/{quote(key, safe='')}"


def all_pages(web: httpx.Client) -> list[str]:
    """The address of every page of the workbench on this ledger."""
    keys = [one["key"] for one in web.get("/api/v1/entities?limit=500").json()["items"]]
    pages = [one["id"] for one in web.get("/api/v1/pages").json()["items"]]
    statements = [one["id"] for one in web.get("/api/v1/statements").json()["items"]]
    return [
        "/",
        "/suppliers",
        *(entity_address("suppliers", key) for key in keys),
        "/positions?supplier=Huawei",
        *(f"/positions?{urlencode({'supplier': key, 'actor': 'NO', 'scope': 'core'})}" for key in keys),
        "/watch",
        "/watch/settings",
        "/standing",
        "/standing?kind=state&kind=company&suppliers=Huawei",
        "/pages",
        *(f"/pages/{id}?dropped=yes" for id in pages),
        *(f"/statements/{id}" for id in statements),
        "/search",
        "/search?q=network",
        "/search?q=script",
        *(f"/search?q=script&kind={kind}" for kind in ("entity", "entry", "register", "judgement")),
        "/entities",
        *(entity_address("entities", key) for key in keys),
        "/lists",
        "/lists/ours",
        "/lists/ours/entries",
        "/lists/ours/entries?q=script",
        "/lists/ours/entries/Huawei%20Techn?on=2019-03-01",
        "/register",
        "/sources",
        "/rules/us-entity-list",
        "/screen",
        "/screen?name=Huawei+Technologies&near=yes",
        "/screen?name=%3Cscript%3Ealert(1)%3C/script%3E&near=yes",
        "/audit?verify=yes",
    ]
