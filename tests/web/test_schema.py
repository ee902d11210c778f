"""The API asked whatever its own description allows, and much that it does not: it never fails itself."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from tests.web.conftest import serving

from onrecord.ledger import Ledger

_EACH = 8
"""Questions of each operation and of either kind: as described, and otherwise."""
_QUICK = settings(
    max_examples=_EACH,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_no_question_brings_the_api_down(filled: Path, tmp_path: Path) -> None:
    place = Path(shutil.copy(filled, tmp_path / "asked.db"))
    failed: list[str] = []
    asked: set[str] = set()
    with Ledger(place) as ledger, serving(ledger) as client:
        described = client.get("/api/v1/openapi.json").json()

        def ask(case: Any) -> None:
            assert isinstance(case, Case)
            answer = case.call(base_url=str(client.base_url))
            asked.add(f"{case.method} {case.operation.path}")
            kind = answer.headers.get("content-type", [""])[0]
            if answer.status_code >= 500:
                failed.append(f"{case.as_curl_command()}: {answer.status_code} {answer.text[:300]}")
            elif answer.status_code >= 400 and kind != "application/problem+json":
                failed.append(f"{case.as_curl_command()}: {answer.status_code} as {kind}")

        for found in schemathesis.openapi.from_dict(described).get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                # What takes nothing can't be asked otherwise than it is described.
                with suppress(Unsatisfiable):
                    _QUICK(given(operation.as_strategy(generation_mode=mode))(ask))()
        operations = {
            f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods
        }
        assert not failed, "\n".join(failed[:10])
        assert asked == operations
        assert ledger.audit() == ()
