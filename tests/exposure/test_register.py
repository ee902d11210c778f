"""A register's file in, its lines out: what is there comes back, what cannot be used is named by its line."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from onrecord.exposure import (
    GivenFile,
    Register,
    RegisterError,
    read_register,
    register_columns,
    register_template,
)

Make = Callable[[str | bytes], Register]
FIXTURE = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Reads a register that is given as text."""

    def read(content: str | bytes) -> Register:
        path = tmp_path / "register.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_register(path)

    return read


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook of rows; `change` may still do something to its sheet."""

    def write(rows: Iterable[Sequence[Any]], change: Callable[[Any], None] = lambda _: None) -> Path:
        made = Workbook()
        for row in rows:
            made.active.append(row)
        change(made.active)
        path = tmp_path / "register.xlsx"
        made.save(path)
        return path

    return write


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXTS = (
    f"<sst {MAIN}><si><t>supplier</t></si><si><t>A</t></si><si><r><t>Kabel</t></r>\n"
    '<r><t xml:space="preserve"> &amp; Co</t></r><rPh sb="0" eb="1"><t>ka</t></rPh></si></sst>'
).encode()
"""A table of shared texts, as most spreadsheets write it: plain, and of two runs with how to say it."""


def altered(path: Path, place: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[place] = change(parts.get(place, TEXTS))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_line_has_all_that_its_row_says(make: Make) -> None:
    line, other = make(
        "Note,Party,Sort,State,Layer,Operator,Goods,US share,Since,Until,ID\n"
        "renew soon,Vendor Ltd,deployment,Denmark,core,TDC,,,2019-3-1,31-12-2026,D-1\n"
        "\n"
        "2nd,中兴通讯,shipment,IR,,,routers,12.5 %,2024,,\n"
    ).lines
    assert (line.line, line.id, line.sort, line.party, line.operator) == (
        2,
        "D-1",
        "deployment",
        "Vendor Ltd",
        "TDC",
    )
    assert (line.state, line.layer, line.since, line.until) == ("DK", "core", "2019-03-01", "2026-12-31")
    assert (line.goods, line.us_share, line.note) == (None, None, "renew soon")
    assert (other.line, other.id, other.party, other.us_share, other.goods) == (
        4,
        "4",
        "中兴通讯",
        0.125,
        "routers",
    )
    assert (other.operator, other.layer, other.since, other.until) == (None, None, "2024", None)


@pytest.mark.parametrize(
    "head",
    [
        "Sort,Party,State,Since",
        "Art;Leverandør;Land;Siden",
        "SOORT|partij|Staat|Vanaf",
        "type\tKlant\tLAND\tsinds",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_headings_delimiters_and_encodings_are_found_out(make: Make, head: str, encoding: str) -> None:
    mark = next(one for one in ",;|\t" if one in head)
    rows = [["leverandør", "Ærø Kabel", "Tyskland", "1.2.2019"], ["klant", "Café B.V.", "België", "2-2019"]]
    text = "\r\n".join([head, *(mark.join(row) for row in rows)])
    found = make(text.encode(encoding))
    assert not found.bad
    told = [(one.sort, one.party, one.state, one.since) for one in found.lines]
    assert told == [
        ("supplier", "Ærø Kabel", "DE", "2019-02-01"),
        ("customer", "Café B.V.", "BE", "2019-02"),
    ]
    assert bool(found.remarks) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DK", "DK"), ("dnk", "DK"), ("Kina", "CN"), ("Chine", "CN"), ("Volksrepubliek China", "CN"),
        ("Verenigde Staten", "US"), ("USA", "US"), ("Storbritannien", "GB"), ("UK", "GB"), ("EL", "GR"),
        ("Österreich", "AT"), ("Norge", "NO"), ("Sverige", "SE"), ("Côte d’Ivoire", "CI"),
        ("É.-U.", "EU"), ("EU", "EU"), ("Narnia", None),
    ],
)  # fmt: skip
def test_states_are_known_by_name_and_code(make: Make, written: str, code: str | None) -> None:
    found = make(f"sort,party,state\nsupplier,A,{written}\n")
    if code is None:
        assert "is no state" in found.bad[0].message
        assert found.bad[0].column == "state"
    elif code == "EU":
        assert "is no state but a union" in found.bad[0].message
    else:
        assert [line.state for line in found.lines] == [code]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019", "2019"), ("2019-02", "2019-02"), ("2-2019", "2019-02"), ("2019-02-01", "2019-02-01"),
        ("1/2/2019", "2019-02-01"), ("01.02.2019", "2019-02-01"), ("2019-02-01 00:00:00", "2019-02-01"),
        ("2019-02-30", "no day"), ("2/25/2019", "day-month-year"), ("1-2-19", "no date"), ("43497", "number"),
        ("soon", "no date"), ("0219-01-01", "beyond"),
    ],
)  # fmt: skip
def test_dates_are_read_day_first_and_doubtful_ones_refused(make: Make, written: str, meant: str) -> None:
    found = make(f"sort;party;since\nsupplier;A;{written}\n")
    if found.lines:
        assert found.lines[0].since == meant
    else:
        assert meant in found.bad[0].message


@pytest.mark.parametrize(
    ("written", "share"),
    [("25 %", 0.25), ("12,5%", 0.125), ("0.25", 0.25), ("0,1", 0.1), ("0", 0.0), ("100%", 1.0), ("25", None),
     ("1", None), ("120 %", None), ("a quarter", None), ("1.000,5 %", None)],
)  # fmt: skip
def test_a_share_is_never_guessed(make: Make, written: str, share: float | None) -> None:
    found = make(f"sort;party;us share\nshipment;A;{written}\n")
    assert [line.us_share for line in found.lines] == ([] if share is None else [share])
    assert [(bad.line, bad.column) for bad in found.bad] == ([(2, "us share")] if share is None else [])


def test_each_bad_row_is_named_and_the_others_are_there(make: Make) -> None:
    found = make(
        "ID,Sort,Party,State,Since,Until\n"
        "1,supplier,Good One,DK,,\n"
        "2,supplier,,DK,,\n"
        "3,enemy,A,DK,,\n"
        "3,,A,DK,,\n"
        "1,supplier,Twice,DK,,\n"
        '4,supplier,"=HYPERLINK(""http://a.example"")",DK,,\n'
        "5;supplier;Semicolons;DK;;\n"
        "6,supplier,Cut o\n"
        "7,supplier,A,DK,2020,2019\n"
        "8,supplier,A, B,DK,,x\n"
        "+cmd|' /C calc'!A0,supplier,A,DK,,\n"
        '9,supplier,"Good, Two",DK,,\n'
        '10,supplier,"A"B,DK,,\n'
        '11,supplier,"never closed,DK,,\n'
        "12,supplier,Swallowed,DK,,\n"
    )
    assert [line.party for line in found.lines] == ["Good One", "Good, Two"]
    told = {bad.line: (bad.column, bad.message) for bad in found.bad}
    assert sorted(told) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15]
    for line, (column, words) in {
        3: ("Party", "names nobody"),
        4: ("Sort", "none of: supplier, customer, partner, deployment, shipment"),
        5: ("Sort", "is empty"),
        6: ("ID", "is the id of line 2 already"),
        7: ("Party", "formula"),
        8: (None, "semicolons between them, where the headings have commas"),
        9: (None, "3 cells, where there are 6 headings; the line may be cut off"),
        10: ("Until", "lies before"),
        11: (None, "put cells that have commas in them between quotation marks"),
        12: ("ID", "formula"),
        14: (None, "quotation mark"),
        15: (None, "never closed; lines 15 to 16 are not read"),
    }.items():
        assert told[line][0] == column, line
        assert words in told[line][1], line


def test_unknown_columns_go_into_the_note_and_are_named(make: Make) -> None:
    found = make("sort,party,Cost centre,note,Owner\nsupplier,A,77,old,\nsupplier,B,,,Procurement\n")
    assert [line.note for line in found.lines] == ["old; Cost centre: 77", "Owner: Procurement"]
    assert found.remarks == (
        "Not known as columns of a register, and kept in the note of each line: 'Cost centre', 'Owner'.",
    )


def test_text_without_a_heading_is_not_lost(make: Make) -> None:
    found = make("sort,party,,note\nsupplier,A,,\nsupplier,B,hidden,\n")
    assert [line.party for line in found.lines] == ["A"]
    assert found.bad[0].column == "C"
    assert "'hidden' in a column without a heading" in found.bad[0].message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\r\n\n", "nothing but notes"),
        (b"# a note\n", "nothing but notes"),
        (b"sort,party\n", "no lines below"),
        (b"sort,price\nsupplier,3\n", "no column 'Party'. The first row that is not empty must hold the "
         "headings; it has 'sort', 'price'. A register has the columns ID, Sort, Party"),
        (b"a,b\n1,2\n", "no column 'Sort' and 'Party'"),
        (b"party\nA\n", "onrecord check --template csv"),
        (b"sort,supplier,customer\nsupplier,A,B\n", "supplier and customer both stand for Party"),
        (b"%PDF-1.7\n\x00\x01\x02", "neither a workbook"),
        (b"sort,party\nsupplier,\x81\x8d\xff\n", "neither a workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Excel file (XLS), or one locked with a"),
        (b"PK\x03\x04 cut off", "damaged or cut off"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_at_all_says_why(make: Make, content: bytes, words: str) -> None:
    with pytest.raises(RegisterError) as error:
        make(content)
    assert words in str(error.value)


def test_a_place_without_a_file_says_so(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.csv", "no such file"), (tmp_path, "is no file")):
        with pytest.raises(RegisterError, match=words):
            read_register(path)


def test_excels_own_line_and_notes_before_the_headings_are_skipped(make: Make) -> None:
    found = make('"# of ours, and more",,\nsep=;\n\nsort;party\n# is no note;A\nsupplier;#B\n')
    assert [(line.line, line.party) for line in found.lines] == [(6, "#B")]
    assert [bad.line for bad in found.bad] == [5]


def test_a_register_may_have_as_many_rows_as_a_sheet_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("_csv", "_lines"):
        monkeypatch.setattr(f"onrecord.exposure.{module}.MOST", 100)
    path = tmp_path / "long.csv"
    path.write_text("sort,party\n" + "supplier,A\n" * 99)
    told: list[tuple[int, int]] = []
    assert len(read_register(path, lambda done, of: told.append((done, of))).lines) == 99
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    path.write_text("sort,party\n" + "supplier,A\n" * 100)
    with pytest.raises(RegisterError, match="more than 100 rows"):
        read_register(path)


def test_a_workbook_gives_what_a_csv_gives(book: Callable[..., Path]) -> None:
    def format_cells(sheet: Any) -> None:
        sheet["F3"].number_format = "0 %"
        sheet["E3"].number_format = "dd/mm/yyyy"

    path = book(
        [
            ["# notes above the headings"],
            ["ID", "Sort", "Party", "State", "Since", "US share", "Until", "Budget"],
            [1001, "Supplier", "Vendor A/S", "Danmark", date(2019, 2, 1), 0.25, "2026", 12.5],
            [],
            ["x", "shipment", "B", "IR", datetime(2020, 3, 1, 12), 0.1, None, None],
        ],
        format_cells,
    )
    found = read_register(path)
    assert not found.bad
    first, second = found.lines
    assert (first.line, first.id, first.party, first.state) == (3, "1001", "Vendor A/S", "DK")
    assert (first.since, first.until, first.us_share, first.note) == (
        "2019-02-01",
        "2026",
        0.25,
        "Budget: 12.5",
    )
    assert (second.line, second.since, second.us_share) == (5, "2020-03-01", 0.1)


def test_formulas_errors_and_merged_cells_are_named_and_never_taken(book: Callable[..., Path]) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("C5:C6")
        sheet["C7"].value, sheet["C7"].data_type = "=not a formula", "s"

    rows = [
        ["ID", "Sort", "Party"],
        [1, "supplier", "=A2&B2"],
        [2, "supplier", "Good"],
        [3, "supplier", "#N/A"],
    ]
    rows += [[4, "supplier", "Both"], [5, "supplier", None], [6, "supplier", "x"], ["=1+1", "supplier", "y"]]
    path = book(rows, merge)
    # As a spreadsheet stores it, with the value that it last came to.
    altered(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</f><v />", b"</f><v>EVIL Ltd</v>"))
    found = read_register(path)
    assert [line.party for line in found.lines] == ["Good", "=not a formula"]
    told = {bad.line: (bad.column, bad.message) for bad in found.bad}
    assert sorted(told) == [2, 4, 5, 6, 8]
    assert told[2][0] == "Party"
    assert told[8][0] == "ID"
    assert "formula" in told[2][1]
    assert "#N/A" in told[4][1]
    assert "merged with others (C5:C6)" in told[5][1]
    assert "EVIL" not in repr(found)


def test_shared_texts_and_other_prefixes_are_read(book: Callable[..., Path]) -> None:
    path = book([["Sort", "Party"], ["supplier", "A"]])
    altered(path, "xl/sharedStrings.xml", lambda part: part)
    rows = "".join(
        f'<x:row><x:c t="s"><x:v>0</x:v></x:c>{cell}</x:row>'
        for cell in (
            '<x:c t="s"><x:v>2</x:v></x:c>',
            '<x:c r="C3"><x:v>7</x:v></x:c>',
            '<x:c t="inlineStr"><x:is><x:r><x:t>in </x:t></x:r>\n<x:r><x:t>line</x:t></x:r></x:is></x:c>',
            "<x:c><x:f>A1</x:f></x:c>",
            '<x:c t="str"><x:v>text</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>',
        )
    )
    head = '<x:row r="1"><x:c t="inlineStr"><x:is><x:t>Sort</x:t></x:is></x:c>'
    head += '<x:c t="str"><x:v>Party</x:v></x:c><x:c t="str"><x:v>Note</x:v></x:c></x:row>'
    sheet = f"<x:sheetData>{head}{rows}</x:sheetData>"
    sheet = f"<x:worksheet {MAIN.replace('xmlns', 'xmlns:x')}>{sheet}</x:worksheet>"
    altered(path, "xl/worksheets/sheet1.xml", lambda _: sheet.encode())
    found = read_register(path)
    told = [(line.line, line.party, line.note) for line in found.lines]
    assert told == [(2, "Kabel & Co", ""), (4, "in line", ""), (6, "text", "TRUE")]
    assert [(bad.line, bad.column) for bad in found.bad] == [(3, "Party"), (5, "Party")]


def test_only_one_sheet_may_be_a_register(book: Callable[..., Path]) -> None:
    rows = [["Sort", "Party", "State"], ["supplier", "A", "DK"]]

    def prices(sheet: Any) -> None:
        sheet.parent.create_sheet("Prices").append(["what", "how much"])

    found = read_register(book(rows, prices))
    assert found.remarks == ("Of the sheets only 'Sheet' is read, not 'Prices'.",)

    def second(sheet: Any) -> None:
        old = sheet.parent.create_sheet("Old")
        for row in rows:
            old.append(row)

    with pytest.raises(RegisterError, match="'Sheet' and 'Old' both have the headings"):
        read_register(book(rows, second))


def test_merged_headings_are_refused(book: Callable[..., Path]) -> None:
    rows = [["Sort", "Party", None], ["supplier", "A", None]]
    with pytest.raises(RegisterError, match=r"headings are merged in B1:C1"):
        read_register(book(rows, lambda sheet: sheet.merge_cells("B1:C1")))


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    "place",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
     "xl/_rels/workbook.xml.rels"],
)  # fmt: skip
def test_a_part_that_declares_entities_is_refused(book: Callable[..., Path], place: str) -> None:
    path = book([["Sort", "Party"], ["supplier", "A"]])

    def bomb(part: bytes) -> bytes:
        start = part.index(b"<", part.index(b"?>") if part.startswith(b"<?xml") else 0)
        return part[:start] + BOMB + part[start:].replace(b"supplier", b"&c;&d;")

    with pytest.raises(RegisterError, match="declares a document type"):
        read_register(altered(path, place, bomb))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Callable[..., Path], tmp_path: Path) -> None:
    path = book([["Sort", "Party"], ["supplier", "A"]])
    altered(path, "xl/worksheets/sheet1.xml", lambda part: part + b" " * 30_000_000)
    with pytest.raises(RegisterError, match=r"unpacks to over 200 times its size"):
        read_register(path)
    huge = tmp_path / "huge.xlsx"
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(1100):
                part.write(b" " * 2**20)
    with pytest.raises(RegisterError, match="unpacks to 1,100 MiB"):
        read_register(huge)


def test_a_part_that_lies_about_its_size_is_refused(book: Callable[..., Path]) -> None:
    path = book([["Sort", "Party"], *[["supplier", f"Party {n}"] for n in range(500)]])
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    data = path.read_bytes()
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (200).to_bytes(4, "little")))
    with pytest.raises(RegisterError, match="damaged or cut off"):
        read_register(path)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["mimetype", "content.xml"], "OpenDocument file"),
        (["xl/workbook.bin"], "binary workbook"),
        (["word/document.xml"], "archive that is no workbook"),
    ],
)
def test_other_archives_are_told_apart(tmp_path: Path, names: list[str], words: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(RegisterError, match=words):
        read_register(path)


def test_a_locked_or_cut_off_workbook_says_so(book: Callable[..., Path]) -> None:
    path = book([["Sort", "Party"], ["supplier", "A"]])
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(RegisterError, match="damaged or cut off"):
        read_register(path)
    # The bit that says that a part is encrypted (APPNOTE 4.4.4), in the archive's directory.
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    path.write_bytes(locked)
    with pytest.raises(RegisterError, match="password"):
        read_register(path)


@pytest.mark.parametrize("language", ["en", "da", "nl"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_filled_in_and_read(tmp_path: Path, form: Any, language: str) -> None:
    data = register_template(form, language)
    path = tmp_path / f"register.{form}"
    path.write_bytes(data)
    with pytest.raises(RegisterError, match="no lines below them but the template's own examples"):
        read_register(path)
    if form == "csv":
        text = data.decode("utf-8-sig")
        assert text.startswith("# ")
        mark = "," if language == "en" else ";"
        path.write_bytes(data + mark.join(["", "supplier", "A", *[""] * 8]).encode())
    else:
        filled = load_workbook(io.BytesIO(data))
        sheet = filled.active
        assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])
        assert len(sheet.data_validations.dataValidation) == 2
        assert sheet.freeze_panes == "A2"
        sheet["B6"], sheet["C6"] = "supplier", "A"
        filled.save(path)
    found = read_register(path)
    assert [line.party for line in found.lines] == ["A"]
    assert not found.bad
    assert found.remarks == ("Left out as the template's own examples: 4.",)


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_the_examples_of_a_template_are_valid_lines(make: Make, language: str) -> None:
    text = register_template("csv", language).decode("utf-8-sig")
    for word in ("EXAMPLE", "EKSEMPEL", "VOORBEELD"):
        text = text.replace(f"\n{word}", "\nX")
    found = make(text)
    assert [line.sort for line in found.lines] == ["supplier", "deployment", "partner", "shipment"]
    assert [line.us_share for line in found.lines][-1] == 0.125
    assert not found.bad


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\"',;|\t"), max_size=20
).map(str.strip)
NAME = CELL.filter(lambda text: text and text[0] not in "=+-@")


@settings(max_examples=150, deadline=None, suppress_health_check=FIXTURE)
@given(
    rows=st.lists(
        st.tuples(NAME, CELL.filter(lambda text: text[:1] not in ("=", "+", "-", "@"))),
        min_size=1,
        max_size=20,
    ),
    mark=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
    order=st.permutations(["Sort", "Party", "Note", "ID"]),
)
def test_rows_that_csv_writes_come_back(
    make: Make, rows: list[tuple[str, str]], mark: str, encoding: str, end: str, order: list[str]
) -> None:
    text = io.StringIO()
    write = csv.DictWriter(text, order, delimiter=mark, lineterminator=end)
    write.writeheader()
    for place, (party, note) in enumerate(rows):
        write.writerow({"Sort": "partner", "Party": party, "Note": note, "ID": f"r{place}"})
    found = make(text.getvalue().encode(encoding))
    assert [(line.party, line.note) for line in found.lines] == rows
    assert [line.id for line in found.lines] == [f"r{place}" for place in range(len(rows))]
    assert not found.bad


@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURE)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda junk: b"sort,party,state,since\n" + junk),
        st.text(max_size=200).map(lambda junk: b"sort;party;us share\n" + junk.encode("utf-8", "replace")),
        st.binary(max_size=200).map(lambda junk: b"PK\x03\x04" + junk),
    )
)
def test_bytes_are_read_or_refused(make: Make, data: bytes) -> None:
    with suppress(RegisterError):
        found = make(data)
        assert found.lines or found.bad


@settings(max_examples=60, deadline=None, suppress_health_check=FIXTURE)
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"]),
    at=st.floats(0, 1),
    junk=st.binary(max_size=6),
    lost=st.integers(0, 6),
)
def test_a_damaged_workbook_is_read_or_refused(
    book: Callable[..., Path], places: list[tuple[float, int]], part: str, at: float, junk: bytes, lost: int
) -> None:
    path = book([["Sort", "Party", "Since"], ["supplier", "A", date(2019, 2, 1)]])
    if places:
        whole = bytearray(path.read_bytes())
        for place, byte in places:
            whole[4 + int(place * (len(whole) - 4))] = byte
        path.write_bytes(whole)
    else:

        def spoil(data: bytes) -> bytes:
            start = int(at * len(data))
            return data[:start] + junk + data[start + lost :]

        altered(path, part, spoil)
    with suppress(RegisterError):
        read_register(path)


VENDORS = "Vendor no;Firm;Land;Group\nV1;Huawei;DK;A\nV2;Nokia;FI;B\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_columns_are_taken_for_what_one_says_they_are(form: str) -> None:
    file = GivenFile(f"vendors.{form}", VENDORS.encode() if form == "csv" else book_of(VENDORS))
    seen = register_columns(file, samples=1)
    assert [(one.number, one.heading, one.field, one.samples) for one in seen] == [
        (1, "Vendor no", None, ("V1",)),
        (2, "Firm", None, ("Huawei",)),
        (3, "Land", "state", ("DK",)),
        (4, "Group", None, ("A",)),
    ]
    with pytest.raises(RegisterError, match="no column"):
        read_register(file)
    found = read_register(file, columns={"Vendor no": "id", "#2": "party", "Land": ""}, sort="supplier")
    assert [(one.id, one.sort, one.party, one.state, one.note) for one in found.lines] == [
        ("V1", "supplier", "Huawei", None, "Land: DK; Group: A"),
        ("V2", "supplier", "Nokia", None, "Land: FI; Group: B"),
    ]
    for wrong, told in (
        ({"Nowhere": "id"}, "no heading 'Nowhere'"),
        ({"Land": "colour"}, "no column 'colour'"),
        ({"Land": "id", "Vendor no": "id"}, "both stand for ID"),
        ({"#9": "id"}, "no heading '#9'"),
    ):
        with pytest.raises(RegisterError, match=told):
            read_register(file, columns=wrong, sort="supplier")


def book_of(text: str) -> bytes:
    book = Workbook()
    for line in text.splitlines():
        book.active.append(line.split(";"))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Company,Role,Country,Since\nHuawei,supplier,China,2019\nZTE,wizard,China,2019", "wizard"),
        ("Firma;Rolle;Land;Siden\nHuawei;leverandør;Kina;2019\nZTE;troldmand;Kina;2019", "troldmand"),
        ("Bedrijf;Rol;Land;Sinds\nHuawei;leverancier;China;2019\nZTE;tovenaar;China;2019", "tovenaar"),
        ("Onderneming;Rol;Landcode;Vanaf\nHuawei;Leveranciers;CN;2019\nZTE;klant;Elfland;2019", "Elfland"),
        ("Selskab;Rolle;Landekode;Fra\nHuawei;Leverandører;CN;2019\nZTE;kunde;Elverland;2019", "Elverland"),
    ],
)  # fmt: skip
def test_words_of_three_languages_are_understood_and_others_told(make: Make, text: str, odd: str) -> None:
    held = make(text)
    (line,) = held.lines
    assert (line.party, line.sort, line.state, line.since) == ("Huawei", "supplier", "CN", "2019")
    (wrong,) = held.bad
    assert odd in wrong.message
    assert not held.remarks
