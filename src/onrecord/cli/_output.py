"""Where a command's words go: results to standard output or a file, all else to standard error."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from onrecord.cli._failure import Code, Failure
from onrecord.cli._part import Taken, claimed, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, RenderableType


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says of a file for which the disk has no room."""

_HALVES = re.compile("[\ud800-\udfff]")

Format = Literal["terminal", "json"]
"""How a result is printed."""


class Tell(Protocol):
    """Gives a result as text, for a terminal of that width and with the codes for colour where asked."""

    def __call__(self, *, width: int = ..., colour: bool = ...) -> str: ...


def console(stderr: bool = False) -> Console:
    """A console that obeys NO_COLOR and prints plain text where there is no terminal.

    Off a terminal, lines are as long as they need to be, so that `grep` and `cut` see them whole.
    """
    from rich.console import Console

    class Quitting(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to `Commands.invoke`: the reader of a pipe that has seen enough is no failure."""
            raise BrokenPipeError

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 200
    return Quitting(stderr=stderr, highlight=False, soft_wrap=not stream.isatty(), width=width)


def note(message: str) -> None:
    """Say something beside the result, on standard error, as it stands (no markup is read out of it)."""
    console(stderr=True).print(message, markup=False)


def show(renderable: RenderableType) -> None:
    """Print a result for the eye. Text that came from a page must be escaped or be a `rich.text.Text`."""
    console().print(renderable)


def counted(number: int, noun: str, several: str | None = None) -> str:
    """How many of something: "1 page", "2 pages"; `several` where its plural has no s."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or noun + 's'}"


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: in columns on a terminal, else a line a row with tabs between, for `cut` and `awk`."""
    from rich.table import Table
    from rich.text import Text

    from onrecord.present import plain

    cells = [[plain(cell) for cell in row] for row in rows]
    screen = console()
    if not screen.is_terminal:
        write("".join("\t".join(row) + "\n" for row in [headings, *cells]))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        # What does not fit is folded within its column, but an id stays whole: it is there to be copied.
        table.add_column(heading, no_wrap=heading == "id", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    screen.print(table)


def show_json(value: Any) -> None:
    """Print a result as JSON, in UTF-8 and indented, keys in the order in which they were made."""
    write(to_json(value))


def to_json(value: Any) -> str:
    """`value` as JSON text with a newline at its end. Halves of characters, which no encoding takes, stand in
    it as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _HALVES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write(text: str) -> None:
    """Print `text` to standard output just as it is."""
    sys.stdout.write(text)


def put(tell: Tell, output: Path | None) -> None:
    """Write what is told to standard output, or to a file whose name is then printed."""
    screen = console()
    if output is not None:
        write_file(output, tell())
        write(f"{output}\n")
    elif screen.is_terminal:
        write(tell(width=screen.width, colour=not screen.no_color))
    else:
        # In a pipe the width is always the same, so that the same ledger gives the same text.
        write(tell())


def write_file(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8; the folder must exist. Raises `Failure` (OUTPUT) where that fails, and
    what was there is then as it was."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes to `path`; as `write_file` otherwise."""
    with outputs(path):
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe, which nothing may take the place of
            return
    with beside(path) as part, outputs(path):
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)


@contextmanager
def beside(file: Path, *, new: bool = False) -> Iterator[Path]:
    """Where to write what `file` is to hold: a file beside it, which takes its name at the end, or goes away
    where the end is not reached. So a file of that name is always whole. A link stays one. `Failure` (OUTPUT)
    where another program is writing it, and where it is to be `new` and is there."""
    file = Path(os.path.realpath(file))
    part = file.with_name(f"{file.name}.part")
    with ExitStack() as stack:
        try:
            with outputs(file):
                stack.enter_context(claimed(part))
        except Taken as error:
            raise Failure(
                Code.OUTPUT,
                f"{file} is being written by another program. Wait until it is done, or name another file.",
            ) from error
        try:
            if new and file.exists():
                raise Failure(
                    Code.OUTPUT, f"{file} exists, and a backup never overwrites. Name another file."
                )
            yield part
            with outputs(file):
                part.replace(file)
        except BaseException:
            with suppress(OSError):
                remove(part)
            raise


@contextmanager
def outputs(file: Path) -> Iterator[None]:
    """`Failure` (OUTPUT) where the disk lets a file not be written."""
    try:
        yield
    except OSError as error:
        raise Failure(
            Code.OUTPUT,
            f"cannot write {file}: the disk is full. Make room, or name a file on another disk."
            if error.errno in NO_ROOM
            else f"cannot write {file}: {error.strerror or error}. "
            "Name a file in a folder that exists and that you may write to.",
        ) from error
