"""The API: the packs of rules that a check goes by, and what a register is to look like."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Response

from onrecord import shapes
from onrecord.exposure import TemplateForm, packs, template_columns
from onrecord.present import pack_fields, pack_read_fields
from onrecord.web._asked import Some, Spoken
from onrecord.web._files import template_file
from onrecord.web._found import pack_of
from onrecord.web._json import Json, listed

router = APIRouter(tags=["register"])


@router.get("/rules", response_class=Json, response_model=shapes.Items[shapes.RulePack])
def rule_packs(some: Some) -> Json:
    """The packs of rules that a check goes by, each with the day up to which its texts were followed."""
    return listed(some.of(packs(), lambda one: one.id), pack_fields)


@router.get("/rules/{pack}", response_class=Json, response_model=shapes.RulePackRead)
def rule_pack(pack: str, language: Spoken) -> Json:
    """A pack of rules: what each says, of which lines, when it is in force, and where that stands."""
    return Json(pack_read_fields(pack_of(pack), language))


@router.get("/register-template", response_class=Json, response_model=shapes.RegisterTemplate)
def register_template(language: Spoken) -> Json:
    """What a register is to look like: its columns, by the headings of a language, and what belongs into
    each. With `.csv` or `.xlsx` behind it, an empty one to fill in, as a file."""
    return Json({"language": language, "columns": [asdict(one) for one in template_columns(language)]})


@router.get("/register-template.{form}", response_class=Response, include_in_schema=False)
def register_template_file(form: TemplateForm, language: Spoken) -> Response:
    """An empty register to fill in, as CSV or XLSX, with a few lines that are only examples."""
    return template_file(form, language)
