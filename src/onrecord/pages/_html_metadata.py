"""What the head of an HTML page says of it: dates where there is real evidence, and the name of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from onrecord.pages._words import load_data

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|Review", re.IGNORECASE)
_META_NAMES = ("property", "name", "itemprop", "http-equiv")


def parse_html(original: str) -> lxml_html.HtmlElement | None:
    """The page as a tree, or None where not even a tree can be made of it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(original.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def published_candidates(tree: lxml_html.HtmlElement) -> Iterator[tuple[str, str, float]]:
    """Dates of publication that the page states: the text, the evidence, and how sure; the surest first."""
    for item in _json_ld(tree):
        if isinstance(date := item.get("datePublished"), str) and _ARTICLE_TYPES.search(
            str(item.get("@type"))
        ):
            yield date, "html: JSON-LD datePublished", 0.97
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in _META_NAMES:
            if (name := meta.get(attribute)) and (content := meta.get("content")):
                metas.setdefault(name.strip().casefold(), content)
    for name in load_data("html")["published"]:
        if name in metas:
            yield metas[name], f"html: meta {name}", 0.95 if name == "article:published_time" else 0.9
    for time in tree.iter("time"):
        if time.get("datetime") and (
            time.get("pubdate") is not None or time.get("itemprop") == "datePublished"
        ):
            yield time.get("datetime", ""), "html: time of publication", 0.9
    for element in tree.xpath("//*[@itemprop='datePublished'][not(self::meta)]"):
        yield element.get("content") or element.text_content(), "html: itemprop datePublished", 0.9
    # A page with one time element dates itself; of several, some date other articles or comments.
    times = {time.get("datetime", "")[:10] for time in tree.iter("time") if time.get("datetime")}
    if len(times) == 1:
        yield times.pop(), "html: the one time element", 0.75


def site_name(tree: lxml_html.HtmlElement) -> str | None:
    """The outlet as the page names it: Open Graph, else its publisher in JSON-LD."""
    for meta in tree.iter("meta"):
        if meta.get("property", "").casefold() == "og:site_name" and meta.get("content", "").strip():
            return str(meta.get("content")).strip()
    for item in _json_ld(tree):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"]).strip() or None
    return None


def _json_ld(tree: lxml_html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if script.get("type", "").casefold() != "application/ld+json" or not script.text:
            continue
        try:
            found = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield from (
                    part
                    for part in [item, *(graph if isinstance(graph, list) else [])]
                    if isinstance(part, dict)
                )
