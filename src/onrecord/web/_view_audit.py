"""Pages of the workbench: what persons judged, whether the ledger is as its log says, and one judgement."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, get_args

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from onrecord.ledger import DIGEST, JudgementKind
from onrecord.web._asked import Judged, Some, Spoken
from onrecord.web._bench import Here
from onrecord.web._found import judgement_of, numbered
from onrecord.web._html import page
from onrecord.web._judged import told_of
from onrecord.web._second import Sees

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/audit")
def audit(
    request: Request,
    bench: Here,
    language: Spoken,
    some: Some,
    wanted: Judged,
    sees: Sees,
    verify: Annotated[str, Query()] = "",
    expect: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """What persons judged, the newest first, as far as it is asked for; how far the log goes; and on demand
    whether the ledger is as its log says, and whether that still holds a digest noted before."""
    bench.state()
    digest = expect.strip().lower()
    wrong = bool(verify and digest and not re.fullmatch(DIGEST, digest))
    part = bench.ledger.some_judgements(some.limit, some.after, newest=True, wanted=sees.wanted(wanted))
    return page(
        request,
        "audit.html",
        language,
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        part=part,
        told=told_of(bench, sees, part.items, language),
        withheld=len(sees.withheld) if wanted.kind else 0,
        kinds=get_args(JudgementKind),
        persons=sorted({one.who for one in numbered(bench).values()}),
        filters={
            name: value
            for name in ("kind", "who", "since", "until")
            if (value := request.query_params.get(name, ""))
        },
        end=bench.ledger.log_end(),
        expect=expect,
        expected=digest,
        wrong=wrong,
        faults=bench.ledger.audit(digest or None) if verify and not wrong else None,
    )


@router.get("/judgements/{number}")
def judgement(
    request: Request,
    bench: Here,
    number: Annotated[int, Path(ge=0, le=2**31)],
    language: Spoken,
    sees: Sees,
) -> HTMLResponse:
    """One judgement, with all that it is of."""
    (told,) = told_of(bench, sees, [judgement_of(bench, number)], language, few=None)
    return page(request, "judgement.html", language, one=told)
