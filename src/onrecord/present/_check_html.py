"""A check of a register as one HTML file that needs nothing else."""

from __future__ import annotations

from onrecord.present._check_view import CheckView
from onrecord.present._html import template

MOST = 5000
"""Findings that are laid out: a page that browsers still open in a few seconds."""


def check_html(view: CheckView) -> str:
    """The check as a page: a table for each touched line, then what was not looked at, and the sources."""
    return template("check.html").render(
        view=view,
        w=view.words,
        say=view.say,
        catalogue=view.messages,
        groups=view.groups(MOST),
        left=view.left(MOST),
    )
