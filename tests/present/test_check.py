"""What a check of a register found, in every format."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict, replace
from html import unescape
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml
from openpyxl import load_workbook
from rich.cells import cell_len
from tests.present.checks import CHECK, LOOKED, REGISTER
from tests.present.test_languages import keys
from tests.present.test_render import HOSTILE, Document

from onrecord.exposure import BadLine, Check, Finding, FindingKind, Looked, Note, Register, RegisterLine, Step
from onrecord.present import CheckFormat, check_workbook, languages, render_check
from onrecord.present._catalogue import catalogue
from onrecord.present._check_view import GRAVITY, SIDES

FORMS = get_args(CheckFormat)


def flat(text: str) -> str:
    """A terminal's text without its lines."""
    return re.sub(r"\s+", " ", text)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The values of a workbook by its sheets."""
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def texts(found: Check, register: Register | None, language: str = "en") -> list[str]:
    """The check in all formats, as text."""
    told = [render_check(found, form, register=register, language=language) for form in FORMS]
    book = sheets(check_workbook(found, register, language=language))
    return [*told, json.dumps(book, ensure_ascii=False)]


def test_the_gravest_line_stands_first_with_all_that_touches_it() -> None:
    text = render_check(CHECK, "terminal", register=REGISTER)
    heads = re.findall(r"^Line (\d+): ", text, re.M)
    assert heads[:4] == ["3", "2", "4", "6"], "on a list, restricted, under a rule, an affiliate"
    told = flat(text)
    assert "Line 2: Huawei Technologies (D-1, deployment, core, in Denmark, run by TDC)" in told
    assert "1 August 2014" in text
    assert (
        "directly source: US Consolidated Screening List, 1 November 2026 (27 days old); 79 FR 44683;" in told
    )
    assert "name match 0.99 (exact; Co., Ltd. = Co Ltd)" in re.sub(r"(?<=;) (?=Co)", " ", told)
    assert (
        "by 2 steps: Huawei worked with Panda International; Panda International is listed as Panda" in told
    )
    assert "by the word of Denmark, TDC; 2 origins; 2 statements" in told
    assert text.count("(new)") == 1
    assert "\x1b" not in text
    assert "\x1b[31mon a list" in render_check(CHECK, "terminal", register=REGISTER, colour=True)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_fits(language: str, width: int) -> None:
    text = render_check(CHECK, "terminal", register=REGISTER, language=language, width=width)
    assert max(map(cell_len, text.splitlines())) <= width


def test_what_changed_and_what_was_not_looked_at_is_told() -> None:
    for text in map(
        unescape, (render_check(CHECK, form, register=REGISTER) for form in ("terminal", "html"))
    ):
        told = flat(re.sub("<[^>]+>", " ", text))
        assert "Since the last check, of 1 November 2026: 1 new, 1 gone." in told
        assert "A suit was open." in told.partition("Gone since the last check")[2]
        assert "The UN list was never added." in told.partition("What was not looked at")[2]
        assert "Line 7, column State: 'Narnia' is no state known here" in told
        assert "Left out as the template's own examples: 4." in told
        ages = told.rpartition("How old each list is")[2]
        assert ages.index("US Consolidated") < ages.index("eu-fsf") < ages.index("us-de-minimis")
        for age in ("27 days old 22,345", "age not known 5,811", "1 day old 1,234"):
            assert age in ages


@pytest.mark.parametrize("language", languages())
def test_it_never_says_that_all_is_well(language: str) -> None:
    nothing = Check("2026-11-28", 3, (), LOOKED, (), last="2026-11-01T10:00:00+00:00")
    blind = replace(nothing, looked=(), last=None)
    for found in (nothing, blind, CHECK):
        for text in texts(found, REGISTER, language):
            shown = re.sub("<style>.*?</style>", "", text, flags=re.DOTALL).lower()
            assert not re.search(r"complian|all clear|no risk|i orden|overholde|in orde\b|conform", shown)
    text = flat(render_check(nothing, "terminal", language=language))
    for name in (
        "US Consolidated Screening List",
        "eu-fsf",
        catalogue(language)["check"]["the_record"],
        "us-de-minimis",
    ):
        assert name in text.partition(catalogue(language)["check"]["sources"])[0], (
            "what was looked at is named"
        )
    assert catalogue(language)["check"]["nothing_at_all"] in flat(
        render_check(blind, "terminal", language=language)
    )


@pytest.mark.parametrize("language", languages())
def test_it_is_told_in_one_language(language: str) -> None:
    messages = catalogue(language)["check"]
    for form in ("terminal", "html"):
        text = unescape(render_check(CHECK, form, register=REGISTER, language=language))
        told = flat(re.sub("<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL))
        for kind in get_args(FindingKind):
            assert all(word in told for word in messages["kinds"][kind].split()), "it may be folded"
        for key in ("title", "kind", "what", "since", "gone", "bad", "unseen", "sources", "directly"):
            assert messages[key] in told
    names = list(sheets(check_workbook(CHECK, REGISTER, language=language)))
    assert names == [messages[key] for key in ("findings", "register", "not_looked", "sources_sheet")]


def test_all_catalogues_tell_of_checks_and_keep_the_fields() -> None:
    def fields(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fields(held) for key, held in value.items()}
        return set(re.findall(r"\{\w+\}", str(value)))

    english = catalogue("en")["check"]
    for language in languages():
        found = catalogue(language)["check"]
        assert set(keys(found)) == set(keys(english))
        assert fields(found) == fields(english)
    kinds = set(get_args(FindingKind))
    assert set(GRAVITY) == set(SIDES) == set(english["kinds"]) == kinds


def test_html_is_one_page_that_all_can_read() -> None:
    text = render_check(CHECK, "html", register=REGISTER, language="nl")
    document = Document(text)
    assert not document.open
    assert not {"script", "link", "iframe", "object", "img"} & set(document.tags)
    ids = document.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in document.values("href") if link.startswith("#")} <= set(ids)
    assert set(document.values("aria-labelledby")) <= set(ids)
    assert [tag for tag in document.tags if tag in ("h1", "h2", "h3")][:3] == ["h1", "h2", "h3"]
    assert document.tags.count("table") == 5
    assert set(document.values("scope")) == {"col", "row"}
    assert "prefers-color-scheme: dark" in text
    assert '<html lang="nl">' in text
    assert document.values("lang").count("en") == len(CHECK.findings), "sentences of findings are English"


def test_json_has_the_whole_check() -> None:
    data = json.loads(render_check(CHECK, "json", register=REGISTER, language="da"))
    assert (data["shape"], data["language"], data["machine_reading"]) == ("onrecord.check/1", "da", True)
    whole = json.loads(json.dumps(asdict(CHECK)))
    assert {key: data[key] for key in whole} == whole
    assert [line["line"] for line in data["register"]] == [2, 3, 4, 6]
    assert data["remarks"] == list(REGISTER.remarks)


def test_a_workbook_has_four_sheets_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(check_workbook(CHECK, REGISTER)))
    assert book.sheetnames == ["Findings", "Register", "Not looked at", "Sources"]
    found = sheets(check_workbook(CHECK, REGISTER))
    assert len(found["Findings"]) == 1 + len(CHECK.findings) + len(CHECK.gone)
    assert found["Findings"][1][:7] == [
        3, "3", "Panda International Information Technology Co., Ltd.", "on a list",
        "Stands on the Entity List.", "2014-08-01", "directly",
    ]  # fmt: skip
    assert [row[-1] for row in found["Register"]] == ["Findings", 2, 1, 4, 0, 1]
    assert ["The UN list was never added."] in found["Not looked at"]
    assert found["Sources"][1] == [
        "US Consolidated Screening List",
        "list",
        "2026-11-01",
        "27 days old",
        22345,
    ]
    note = book["Register"]["L5"]
    assert (note.value, note.data_type, note.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("start", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_a_formula_stays_text(start: str) -> None:
    finding = Finding(start, 2, "chain", start, start, steps=(Step(start, start, start),), source=start)
    found = Check("2026-11-28", 1, (finding,), (Looked(start, "list", None, None, 1),), (start,), last=None)
    register = Register((RegisterLine(2, start, "supplier", start, note=start),))
    book = load_workbook(io.BytesIO(check_workbook(found, register)))
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type in "sn" for cell in cells)
    held = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(start.strip())]
    assert len(held) > 8
    assert all(cell.quotePrefix for cell in held)


def test_hostile_texts_stay_text() -> None:
    finding = Finding(
        HOSTILE, 2, "list-hit", HOSTILE, HOSTILE, steps=(Step(HOSTILE, "supply", HOSTILE),),
        words_of=(HOSTILE,), origins=1, source=HOSTILE, citation=HOSTILE, score=1.0, explanation=HOSTILE,
    )  # fmt: skip
    line = RegisterLine(2, HOSTILE, "supplier", HOSTILE, operator=HOSTILE, goods=HOSTILE, note=HOSTILE)
    found = Check(
        "2026-11-28", 1, (finding,), (Looked(HOSTILE, "list", None, None, 1),), (HOSTILE,),
        (BadLine(3, HOSTILE, HOSTILE),), (replace(finding, id="gone"),),
    )  # fmt: skip
    register = Register((line,), remarks=(HOSTILE,))
    html = render_check(found, "html", register=register)
    document = Document(html)
    assert not {"script", "img", "iframe", "link", "object"} & set(document.tags)
    assert not [name for _, name, _ in document.attributes if name.startswith("on")]
    assert all(value.startswith("#") for value in document.values("href"))
    assert "{{ 7*7 }}" in html
    text = render_check(found, "terminal", register=register)
    assert "[bold]red[/bold]" in flat(text)
    for told in (html, text):
        assert not re.search("[\x1b\x07\x9b\u202e]", told)
    assert sheets(check_workbook(found, register))["Findings"][1][0] == 2


def test_many_findings_are_told_of_and_left_to_the_workbook() -> None:
    findings = tuple(Finding(f"f{n}", n // 3 + 2, "case", "A", "Open.") for n in range(1300))
    found = Check("2026-11-28", 1000, findings, LOOKED, ())
    text = render_check(found, "terminal")
    assert "1,300 findings on 434 of them." in text
    assert "800 more findings are not laid out here." in flat(text)
    assert text.count("Open.") == 500
    assert len(sheets(check_workbook(found))["Findings"]) == 1301
    assert render_check(found, "html").count("Open.") == 1300


def test_a_check_without_its_register_has_numbers_alone() -> None:
    text = render_check(CHECK, "terminal")
    assert re.search(r"^Line 3$", text, re.M)
    assert "Register" not in sheets(check_workbook(CHECK))


def test_there_is_no_other_format_or_language() -> None:
    with pytest.raises(ValueError, match="There is no format 'pdf'"):
        render_check(CHECK, "pdf")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="There is no language 'xx'"):
        check_workbook(CHECK, language="xx")


@pytest.mark.parametrize("language", ["da", "nl"])
def test_findings_are_told_in_every_language(language: str) -> None:
    folder = files("onrecord.exposure") / "data"
    english, other = (
        yaml.safe_load((folder / name).read_text("utf-8"))
        for name in ("sentences.yaml", f"sentences.{language}.yaml")
    )
    for part in ("findings", "steps", "notes"):
        assert set(other[part]) == set(english[part])
        for code, told in english[part].items():
            assert set(re.findall(r"{(\w+)", other[part][code])) == set(re.findall(r"{(\w+)", told)), code
    for name, labels in english["labels"].items():
        assert set(other["labels"][name]) == set(labels), name


def test_a_finding_and_a_note_in_danish() -> None:
    finding = Finding(
        "f", 2, "chain", "KP", "Huawei supplies North Korea; …", steps=(Step("Huawei", "supply", "KP"),),
        code="chain-sanctioned", values=(("end", "KP"), ("listed_since", "2006-10-14")),
    )  # fmt: skip
    found = replace(CHECK, findings=(finding,), unseen=("x",), notes=(Note("unreadable", (("count", "3"),)),))
    text = render_check(found, "html", register=REGISTER, language="da")
    assert "Huawei leverer til Nordkorea; Nordkorea er under sanktioner siden 14. oktober 2006." in text
    assert "Sider, der ikke kunne læses: 3." in text
    assert json.loads(render_check(found, "json", language="da"))["findings"][0]["what"] == finding.what


@pytest.mark.parametrize(
    ("language", "stage", "topic"),
    [
        ("da", "ikke længere gyldig", "(sanktioner og eksportkontrol)"),
        ("nl", "niet meer geldig", "(sancties en exportcontrole)"),
    ],
)
def test_stages_and_topics_are_called_as_in_the_dossier(language: str, stage: str, topic: str) -> None:
    values = {
        "case": (("party", "Huawei"), ("case", "licence"), ("stage", "lapsed")),
        "dispute-said": (("party", "Huawei"), ("matter", "wrongdoing"), ("topic", "sanctions")),
    }
    findings = (
        Finding("one", 2, "case", "Huawei", "…", code="case", values=values["case"]),
        Finding("two", 2, "dispute", "Huawei", "…", code="dispute-said", values=values["dispute-said"]),
    )
    text = render_check(replace(CHECK, findings=findings), "html", register=REGISTER, language=language)
    for english in ("lapsed", "(sanctions)"):
        assert english not in text
    assert stage in text
    assert topic in text
