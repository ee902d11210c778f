"""A dossier in a format, by the format's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from onrecord.present._catalogue import ENGLISH
from onrecord.standing import Dossier

if TYPE_CHECKING:
    from onrecord.present._listed import Marks

Format = Literal["terminal", "html", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    dossier: Dossier,
    format: Format,
    *,
    language: str = ENGLISH,
    marks: Marks | None = None,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The dossier as text in a format and a language (one of `languages()`). `marks` are the entries of
    restriction lists that its entities have (`onrecord.lists.marks_of`). `width` (columns) and `colour` are
    for the terminal alone.

    Raises `ValueError` for a format or language that there is not.
    """
    # Each format stands on a library of its own, which the others need not wait for.
    if format == "terminal":
        from onrecord.present._terminal import dossier_terminal

        return dossier_terminal(dossier, language, marks=marks, width=width, colour=colour)
    if format == "html":
        from onrecord.present._html import dossier_html

        return dossier_html(dossier, language, marks)
    if format == "markdown":
        from onrecord.present._markdown import dossier_markdown

        return dossier_markdown(dossier, language, marks)
    if format == "json":
        from onrecord.present._json import dossier_data, to_json

        return to_json(dossier_data(dossier, language, marks))
    raise ValueError(f"There is no format '{format}'. There are: {', '.join(FORMATS)}.")


def render_standing(
    dossier: Dossier, format: Format, *, language: str = ENGLISH, width: int = 80, colour: bool = False
) -> str:
    """The matrix of the dossier alone: who stands where, over time. As `render` otherwise."""
    if format == "terminal":
        from onrecord.present._terminal import standing_terminal

        return standing_terminal(dossier, language, width=width, colour=colour)
    if format == "html":
        from onrecord.present._html import standing_html

        return standing_html(dossier, language)
    if format == "markdown":
        from onrecord.present._markdown import standing_markdown

        return standing_markdown(dossier, language)
    if format == "json":
        from onrecord.present._json import standing_data, to_json

        return to_json(standing_data(dossier, language))
    raise ValueError(f"There is no format '{format}'. There are: {', '.join(FORMATS)}.")
