"""An empty register to fill in, with what belongs into each column and a few lines that are only examples."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.exposure._words import HEADINGS, data, heading, must, word

TemplateForm = Literal["csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of the template: the field that it is for, its heading, what belongs into it, whether no
    register is without it, and the words of which it takes one, where it does."""

    field: str
    heading: str
    help: str
    must: bool
    choices: tuple[str, ...]


_ROWS = 1000
"""Rows of a workbook's template that offer the sorts and layers to choose from."""
_WIDTHS = {"party": 32, "operator": 24, "goods": 24, "note": 40}
_TEXT, _PERCENT = "@", "0.0 %"


def register_template(form: TemplateForm, language: str = "en") -> bytes:
    """A template as the bytes of a file: CSV in UTF-8 with a byte order mark, what belongs where in lines
    that begin with `#`; or a workbook with the same as notes on the headings and on a sheet of its own, and
    sorts and layers to choose from. The headings are in `language`: `en`, `da` or `nl`.

    `read_register` skips the notes and the examples. Raises `ValueError` for another form or language.
    """
    _check(language)
    if form == "csv":
        return _csv(language)
    if form == "xlsx":
        return _workbook(language)
    raise ValueError(f"There is no template as '{form}'. There are: {', '.join(get_args(TemplateForm))}.")


def template_columns(language: str = "en") -> tuple[TemplateColumn, ...]:
    """The columns of the template, in their order. Raises `ValueError` for a language without one."""
    _check(language)
    tables = {field: table for table, field in _CHOICES.items()}
    return tuple(
        TemplateColumn(
            field,
            heading(field, language),
            _help(field, language),
            field in must(),
            tuple(word(tables[field], code, language) for code in data()[tables[field]])
            if field in tables
            else (),
        )
        for field in data()["columns"]
    )


def _check(language: str) -> None:
    if language not in HEADINGS:
        raise ValueError(f"There is no template in '{language}'. There are: {', '.join(HEADINGS)}.")


def _help(field: str, language: str) -> str:
    """What belongs into a column."""
    listed = {table: ", ".join(word(table, code, language) for code in data()[table]) for table in _CHOICES}
    told = str(data()["columns"][field]["help"][language]).format(**listed)
    return f"{told} {data()['template']['must'][language]}" if field in must() else told


_CHOICES = {"sorts": "sort", "layers": "layer"}
"""The tables of words, and the columns in which they stand."""


def _examples(language: str) -> list[dict[str, Any]]:
    """The example lines by field, shares as numbers."""
    template = data()["template"]
    found = []
    for number, example in enumerate(template["examples"], 1):
        row = {**example, "id": f"{data()['example'][language]}-{number}"}
        row["party"] = f"{template['names'][language]} {number}"
        row["sort"] = word("sorts", example["sort"], language)
        if "layer" in example:
            row["layer"] = word("layers", example["layer"], language)
        if "operator" in example:
            row["operator"] = f"{template['names'][language]} {len(template['examples']) + 1}"
        if "goods" in example:
            row["goods"] = template["goods"][language]
        found.append(row)
    return found


def _csv(language: str) -> bytes:
    """Danish and Dutch spreadsheets part cells by semicolons, since they write decimals with a comma."""
    text = io.StringIO()
    for line in data()["template"]["lead"][language]:
        text.write(f"# {line}\r\n")
    for field in data()["columns"]:
        text.write(f"# {heading(field, language)}: {_help(field, language)}\r\n")
    write = csv.writer(text, delimiter="," if language == "en" else ";")
    fields = list(data()["columns"])
    write.writerow([heading(field, language) for field in fields])
    for example in _examples(language):
        if "us_share" in example:
            shown = f"{example['us_share']} %"
            example["us_share"] = shown if language == "en" else shown.replace(".", ",")
        write.writerow([example.get(field, "") for field in fields])
    return text.getvalue().encode("utf-8-sig")


def _workbook(language: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    template, fields = data()["template"], list(data()["columns"])
    book = Workbook()
    sheet = book.active
    sheet.title = template["title"][language]
    sheet.append([heading(field, language) for field in fields])
    for place, field in enumerate(fields, 1):
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        cell.comment = Comment(_help(field, language), "On Record", height=120, width=320)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, 14)
        sheet.column_dimensions[get_column_letter(place)].number_format = _TEXT
    for row, example in enumerate(_examples(language), 2):
        for place, field in enumerate(fields, 1):
            if field in example:
                cell = sheet.cell(row, place)
                cell.font = Font(italic=True, color="808080")
                share = field == "us_share"
                cell.value = example[field] / 100 if share else str(example[field])
                cell.number_format = _PERCENT if share else _TEXT
    for table, field in _CHOICES.items():
        listed = ",".join(word(table, code, language) for code in data()[table])
        choice = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        column = get_column_letter(fields.index(field) + 1)
        choice.add(f"{column}2:{column}{_ROWS + 1}")
        sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    _notes(book, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _notes(book: Any, language: str) -> None:
    """The sheet that says what belongs where."""
    from openpyxl.styles import Alignment, Font

    template = data()["template"]
    sheet = book.create_sheet(template["notes"][language])
    for line in template["lead"][language]:
        sheet.append([line])
    sheet.append([])
    sheet.append([template["column"][language], template["meaning"][language]])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for field in data()["columns"]:
        sheet.append([heading(field, language), _help(field, language)])
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 90
