"""Elements of an XML list as they end, with the lines on which they begin: a stream, in little memory.

The parser is expat, for the exact lines (libxml2 loses them beyond 65,535) and because it tells of a document
type before it reads one: lists have none, and entities that expand to gigabytes or fetch files need one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from onrecord.lists._model import ListError

MAX_DEPTH = 64
"""Elements within elements; the deepest list has 10."""

MAX_ELEMENTS = 100_000
"""Elements within one entry; the largest has some thousands."""

_CHUNK = 256 * 1024
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = re.compile(r"(?i)utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d|latin-?1")


@dataclass(slots=True)
class Node:
    """An element: its name and its attributes' without namespaces, the text in it before its first child, and
    where it begins."""

    tag: str
    line: int
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, spaces and line ends folded."""
        return " ".join("".join(self.parts).split())

    def get(self, name: str) -> str:
        """An attribute, "" where there is none."""
        return self.attributes.get(name, "").strip()

    def all(self, *path: str) -> Iterator[Node]:
        """Children of children, by their names."""
        for child in self.children:
            if child.tag == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def one(self, *path: str) -> str:
        """The text of the first such child, "" where there is none."""
        return next((node.text for node in self.all(*path)), "")

    def texts(self, *path: str) -> list[str]:
        """The texts of all such children, without empty ones."""
        return [node.text for node in self.all(*path) if node.text]


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class XmlStream:
    """An XML file read from the front. `root` is its outermost element (without children), known from the
    start; `broken` says where and why it could not be read to its end, None where it could."""

    def __init__(
        self, data: bytes, name: str, wanted: Collection[str] = (), large: Collection[str] = ()
    ) -> None:
        """`wanted` are the names of the elements that are given, `large` those of them that may hold more
        than `MAX_ELEMENTS`."""
        self.data, self.name, self.wanted, self.large = data, name, frozenset(wanted), frozenset(large)
        self.root: Node | None = None
        self.namespace = ""
        self.broken: tuple[int, str] | None = None
        self._open: list[Node] = []
        self._done: list[Node] = []
        self._depth = self._elements = 0
        declared = _DECLARED.match(data)
        if declared and not _ENCODINGS.fullmatch(declared.group(1).decode("ascii")):
            raise ListError(f"{name} says that it is in {declared.group(1).decode()}; save it as UTF-8.")
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def __iter__(self) -> Iterator[Node]:
        """The elements called as those wanted, each when it has ended. Those within another one wanted come
        with it only."""
        view = memoryview(self.data)
        try:
            for at in range(0, len(view), _CHUNK):
                self._parser.Parse(bytes(view[at : at + _CHUNK]), False)
                yield from self._take()
            self._parser.Parse(b"", True)
            yield from self._take()
        except expat.ExpatError as error:
            yield from self._take()
            self.broken = (error.lineno, _reason(error, self.root))
        except (ValueError, LookupError) as error:  # An encoding that Python lacks.
            raise ListError(f"{self.name} cannot be decoded ({error}); save it as UTF-8.") from error
        finally:
            self._release()

    def head(self) -> Node | None:
        """The outermost element, read as far as that only; None where there is none."""
        try:
            for at in range(0, len(self.data), 4096):
                self._parser.Parse(self.data[at : at + 4096], False)
                if self.root or at > _CHUNK:
                    break
        except expat.ExpatError:
            pass
        except (ValueError, LookupError) as error:
            raise ListError(f"{self.name} cannot be decoded ({error}); save it as UTF-8.") from error
        finally:
            self._release()
        return self.root

    def _release(self) -> None:
        """Let go of the data: the parser and its handlers hold each other."""
        parser, self.data = self._parser, b""
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = None
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

    def _take(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def _doctype(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise ListError(
            f"{self.name} declares a document type or entities on line {line}, as no list does and as files "
            "made to do harm do: it is not read."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            line = self._parser.CurrentLineNumber
            raise ListError(
                f"{self.name} nests its elements more than {MAX_DEPTH} deep on line {line}; no list does."
            )
        tag = _local(name)
        if self.root is None:
            self.namespace = name.rpartition(" ")[0]
            self.root = Node(tag, self._parser.CurrentLineNumber, _plain(attributes))
            return
        if self._open or tag in self.wanted:
            self._elements += 1
            if self._elements > MAX_ELEMENTS and self._open and self._open[0].tag not in self.large:
                line = self._open[0].line
                raise ListError(
                    f"{self.name} has an entry of more than {MAX_ELEMENTS:,} elements on line {line}."
                )
            node = Node(tag, self._parser.CurrentLineNumber, _plain(attributes))
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._done.append(node)
                self._elements = 0

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    if not any(" " in name for name in attributes):
        return attributes
    return {_local(name): value for name, value in attributes.items()}


# expat's codes for a file that ends too early: no element found, unclosed token, partial character, unclosed
# CDATA section.
_ENDS = {3, 5, 6, 20}


def _reason(error: expat.ExpatError, root: Node | None) -> str:
    if error.code in _ENDS:
        return f"The file ends here, before its <{root.tag}> does." if root else "The file ends here."
    return f"The file is no XML from here on ({expat.ErrorString(error.code)}); nothing after it is read."
