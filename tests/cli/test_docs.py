"""The documentation and the program say the same."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import Result

from onrecord.cli import app
from onrecord.cli._failure import Code
from onrecord.entities._data import NameData
from onrecord.language import installed_languages
from onrecord.language._data import LanguageData
from onrecord.statements._lexicon import _KEYS, _NEEDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DATA = ROOT / "src" / "onrecord"
Command = Callable[..., Result]

ANYWHERE = {"--help", "--ledger", "--format"}
"""Options that docs/cli.md describes once for all commands."""


def commands() -> dict[str, Any]:
    """All commands, and those of groups under the names of both: "lists", "lists add"."""
    group: Any = get_command(app)
    return {name: command for at, found in group.commands.items() for name, command in below(at, found)}


def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for at, found in getattr(command, "commands", {}).items():
        yield from below(f"{name} {at}", found)


def options(command: Any) -> Iterator[str]:
    for parameter in command.params:
        for name in parameter.opts:
            if name.startswith("--"):
                yield name


def section(name: str) -> str:
    text = (DOCS / "cli.md").read_text("utf-8")
    found = re.search(rf"^## onrecord {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md has no section '## onrecord {name}'"
    return found[1]


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = section(name)
    for option in set(options(commands()[name])) - ANYWHERE:
        assert f"`{option}" in text, f"docs/cli.md says nothing of {name} {option}"


def test_options_of_the_program_are_documented() -> None:
    text = (DOCS / "cli.md").read_text("utf-8").partition("## onrecord")[0]
    for option in {*options(get_command(app)), *ANYWHERE}:
        assert f"`{option}" in text, f"docs/cli.md says nothing of {option}"


def test_no_command_is_documented_that_is_not_there() -> None:
    text = (DOCS / "cli.md").read_text("utf-8")
    assert set(re.findall(r"^## onrecord ([\w ]+)$", text, re.MULTILINE)) == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_help_has_examples_that_name_the_command(name: str, onrecord: Command) -> None:
    text = onrecord(*name.split(), "--help").stdout
    assert "Examples" in text
    assert re.search(rf"onrecord (--ledger \S+ )?{name}\s", text.partition("Examples")[2])


def test_every_exit_code_is_documented() -> None:
    text = (DOCS / "exit-codes.md").read_text("utf-8")
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert rows == set(Code)


def test_every_reason_is_documented() -> None:
    text = (DOCS / "exit-codes.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = set(
        re.findall(r'(?:UnreadablePage\(|Item\(str\(\w+\), None,|taken\.digest,)\s*"([a-z-]+)"', source)
    )
    assert used <= listed


@pytest.mark.parametrize("page", ["getting-started.md", "reading-pages.md"])
def test_commands_in_the_guides_run(page: str, onrecord: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (DOCS / page).read_text("utf-8")
    lines = re.findall(
        r"^(?:\$ )?onrecord (.+)$", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)), re.M
    )
    assert lines
    for line in lines:
        if re.search(r"\s-o|--out|ID\b", line):
            continue  # writes files, or names what only the reader can know
        result = onrecord(*shlex.split(line, comments=True))
        assert result.exit_code == Code.OK, f"onrecord {line}\n{result.output}"


def test_commands_that_messages_name_are_there() -> None:
    texts = [path.read_text("utf-8") for kind in ("*.py", "*.yaml", "*.html") for path in DATA.rglob(kind)]
    told = {name for text in texts for name in re.findall(r"(?:`|: )onrecord ([a-z]+)", text)}
    assert told
    assert told <= set(commands())


@pytest.mark.parametrize(
    "page", sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")]), ids=lambda path: path.name
)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def keys_told(room: str, heading: str | None = None) -> set[str]:
    """The keys in the tables of a data folder's README, or of its section on one file."""
    text = (DATA / room / "data" / "README.md").read_text("utf-8")
    if heading:
        text = text.partition(f"## {heading}")[2].partition("\n## ")[0]
    firsts = re.findall(r"^ *\|([^|]+)\|", text, re.MULTILINE)
    return {key for first in firsts for key in re.findall(r"`([^`]+)`", first)}


def keys_used(room: str, pattern: str) -> set[str]:
    """The keys of a data folder's files, and those of the mappings right below them."""
    found: set[str] = set()
    for path in (DATA / room / "data").glob(pattern):
        for key, value in yaml.safe_load(path.read_text("utf-8")).items():
            found |= {key, *(value if isinstance(value, dict) else ())}
    return found


def test_every_key_of_a_language_is_documented() -> None:
    assert keys_told("language") == {f.name for f in fields(LanguageData)}


def test_every_key_of_names_is_documented() -> None:
    assert keys_told("entities") == {f.name for f in fields(NameData)}


def test_every_key_of_cues_and_attribution_is_documented() -> None:
    assert keys_told("statements", "cues.yaml") == keys_used("statements", "*/cues.yaml")
    assert keys_told("statements", "attribution.yaml") == keys_used("statements", "*/attribution.yaml")


def test_every_key_of_triggers_is_documented() -> None:
    assert keys_told("statements", "triggers.yaml") >= _KEYS
    text = (DATA / "statements" / "data" / "README.md").read_text("utf-8")
    needs = re.search(r"^\| `needs` \|(.*)$", text, re.MULTILINE)
    assert needs
    assert set(re.findall(r"`([^`]+)`", needs[1])) == _NEEDS


def test_every_key_of_page_words_is_documented() -> None:
    keys: set[str] = set()
    for language in ("any", *installed_languages()):
        keys |= set(yaml.safe_load((DATA / "pages" / "data" / f"{language}.yaml").read_text("utf-8")))
    assert keys <= keys_told("pages")


def test_installed_languages_are_documented() -> None:
    for page in ("reading-pages.md", "cli.md"):
        text = (DOCS / page).read_text("utf-8")
        for language in installed_languages():
            assert f"`{language}`" in text, f"docs/{page} says nothing of {language}"
