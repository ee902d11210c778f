"""`onrecord explain`: why each statement of a page was read, and why the rest was not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LanguageOption, examples, spoken
from onrecord.cli._output import counted, show, show_json, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from onrecord.entities import Entity
    from onrecord.statements import Argument, Explained, ExplainedSentence, Refused


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "explain",
        epilog=examples(
            "onrecord explain page.html",
            "onrecord explain page.html --unread     # only the sentences that gave nothing",
            "onrecord explain page.html --language da",
            "onrecord explain page.html --format json | jq '.sentences[].refused'",
        ),
    )(explain)


def explain(
    page: Annotated[
        str, typer.Argument(metavar="PAGE", help="One file: .html, .txt or .md.", show_default=False)
    ],
    unread: Annotated[
        bool, typer.Option("--unread", help="Only the sentences that gave no statement.")
    ] = False,
    output: FormatOption = "terminal",
    language: LanguageOption = None,
) -> None:
    """Show why each statement of a page was read, and why a sentence gave none; no ledger is touched.

    Every sentence with its statements (the trigger, where actor and target were found, what gave the status,
    who says so) and the triggers in it that gave nothing, each with its reason.
    """
    code = spoken(language)
    sentences, entities = _explained(page)
    chosen = [s for s in sentences if not (unread and s.statements)]
    if output == "json":
        show_json({"page": page, "sentences": [asdict(s) for s in chosen]})
        return
    for sentence in chosen:
        show(_shown(sentence, entities, code))
    read = sum(len(s.statements) for s in sentences)
    silent = sum(1 for s in sentences if not s.statements)
    write(f"{counted(read, 'statement')} from {counted(len(sentences), 'sentence')}; {silent} gave none\n")


def _explained(locator: str) -> tuple[Sequence[ExplainedSentence], Mapping[str, Entity]]:
    """The sentences of one page explained, and the page's entities by key."""
    from onrecord.engine import Failed, explain_each

    taken = next(iter(explain_each([locator])), None)
    if taken is None:
        raise Failure(Code.NOTHING_READ, f"{locator} holds no page. Name a file in .html, .txt or .md.")
    if isinstance(taken, Failed):
        raise Failure(Code.NOTHING_READ, f"{taken.locator}: {taken.message}")
    explanation = taken.explanation
    return explanation.sentences, {entity.key: entity for entity in explanation.entities}


def _shown(sentence: ExplainedSentence, entities: Mapping[str, Entity], language: str) -> Text:
    """One sentence for the terminal."""
    from rich.text import Text

    from onrecord.present import plain

    text = Text(plain(sentence.text).strip() + "\n", "bold")
    for one in sentence.statements:
        text.append_text(_statement(one, entities, language))
    for refused in sentence.refused:
        text.append(f"  × {plain(refused.words)}: {_why_not(refused, language)} ({refused.rule})\n", "dim")
    if not sentence.statements and not sentence.refused:
        text.append(f"  {_message(language, 'nothing')}\n", "dim")
    return text


def _statement(one: Explained, entities: Mapping[str, Entity], language: str) -> Text:
    from rich.text import Text

    from onrecord.present import plain, sentence

    statement = one.statement
    text = Text(f"  → {sentence(statement, entities, language)}\n", "green")
    rows = [
        ("trigger", f"“{plain(one.trigger)}” ({statement.rule}), confidence {statement.confidence:.2f}"),
        ("actor", _argument(one.actor, language)),
        ("target", _argument(one.target, language)),
        ("status", f"{statement.status}: {_message(language, 'why', one.why)}"),
        *(("cue", f"“{plain(c.words)}” ({c.kind}){_by(c.sources)}") for c in one.cues),
    ]
    for name, told in rows:
        if told:
            text.append(f"      {name:8}{told}\n", "default")
    return text


def _argument(found: Argument | None, language: str) -> str:
    from onrecord.present import plain

    if found is None:
        return ""
    words = f" “{plain(found.words)}”" if found.words else ""
    return f"{plain(', '.join(found.keys))}:{words} {_message(language, 'how', found.how)}"


def _by(sources: tuple[str, ...]) -> str:
    from onrecord.present import plain

    return f", by {plain(', '.join(sources))}" if sources else ""


def _why_not(refused: Refused, language: str) -> str:
    return _message(language, "why_not", refused.why)


def _message(language: str, section: str, key: str | None = None) -> str:
    """A message of the section `explain` of the catalogue; what it does not list is a place that a lexicon
    names ("against")."""
    from onrecord.present import explaining

    return explaining(section, key, language=language)
