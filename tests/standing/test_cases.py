"""Cases: each is moved by what is said, in the order of dates, and tells which lines moved it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.present import FORMATS, languages, render
from onrecord.present._catalogue import catalogue
from onrecord.standing import Case, standing_of
from onrecord.standing._cases import kinds, stages_of

Make = Callable[..., Ledger]
Said = list[Any]


def page(number: int, day: str, text: str, *says: Said, language: str = "en") -> dict[str, Any]:
    return {
        "locator": f"{number}.txt",
        "outlet": f"Paper {number}",
        "title": "Huawei",
        "published": day,
        "language": language,
        "sentences": [{"text": text, "says": list(says)}],
    }


def said(
    type_: str, actor: str, target: str, status: str, topic: str | None = None, when: str | None = None
) -> Said:
    return [type_, actor, target, status, topic, [], when]


def case(ledger: Ledger, kind: str, as_of: str | None = None) -> Case | None:
    found = [c for c in standing_of(ledger, "Huawei", as_of=as_of).cases if c.kind == kind]
    assert len(found) <= 1
    return found[0] if found else None


COURSES = {
    "licence": [
        (said("restriction", "US", "Huawei", "asserted", "sanctions"), "needed"),
        (said("request", "Huawei", "US", "asserted", "sanctions"), "applied"),
        (said("permission", "US", "Huawei", "possible", "sanctions"), "weighed"),
        (said("permission", "US", "Huawei", "asserted", "sanctions"), "granted"),
        (said("restriction", "US", "Huawei", "asserted", "sanctions", "2019-05-01"), "lapsed"),
    ],
    "evaluation": [
        (said("evaluation", "GB", "Huawei", "planned", "security"), "announced"),
        (said("evaluation", "GB", "Huawei", "asserted", "security"), "examined"),
        (said("commitment", "Huawei", "NL", "asserted", "security"), "mending-promised"),
        (said("evaluation", "GB", "Huawei", "negated", "security"), "not-mended"),
    ],
    "commitment": [
        (said("commitment", "Huawei", "DE", "possible", "espionage"), "offered"),
        (said("commitment", "Huawei", "DE", "asserted", "espionage"), "given"),
        (said("wrongdoing", "Huawei", "DE", "alleged", "espionage"), "said-to-be-broken"),
    ],
    "threat": [
        (said("threat", "CN", "GB", "asserted"), "uttered"),
        (said("restriction", "CN", "GB", "asserted", "market"), "carried-out"),
    ],
}


@pytest.mark.parametrize("kind", sorted(COURSES))
def test_a_case_moves_from_stage_to_stage(ledger_of: Make, kind: str) -> None:
    course = COURSES[kind]
    ledger = ledger_of(
        [
            page(
                n,
                f"2019-0{n + 1}-01",
                f"Huawei again, for the {n}th time.",
                row,
                said("risk", "Huawei", "GB", "asserted"),
            )
            for n, (row, _) in enumerate(course)
        ]
    )
    for n, (_, stage) in enumerate(course):
        found = case(ledger, kind, as_of=f"2019-0{n + 1}")
        assert found is not None
        assert found.stage == stage
    found = case(ledger, kind)
    assert found is not None
    assert [step.stage for step in found.steps] == [stage for _, stage in course]
    assert all(step.moment and step.lines for step in found.steps)


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Canada arrested Huawei's officer.", "arrested"),
        ("da", "Kvinden blev anholdt i lufthavnen.", "arrested"),
        ("nl", "De topvrouw is aangeklaagd voor fraude.", "charged"),
        ("de", "Der Manager wurde vor Gericht freigesprochen.", "acquitted"),
        ("sv", "Bolaget får böta, och vite hotar.", "fined"),
        ("no", "Han ble løslatt mot kausjon.", "released"),
        ("fr", "La société a été condamnée à une amende.", "fined"),
        ("en", "Huawei appeared in the matter.", "under-way"),
    ],
)
def test_the_stage_in_court_is_told_by_the_words_of_each_language(
    ledger_of: Make, language: str, text: str, stage: str
) -> None:
    ledger = ledger_of(
        [page(1, "2019-01-01", text, said("legal", "CA", "Huawei", "asserted"), language=language)]
    )
    found = case(ledger, "legal")
    assert found is not None
    assert found.stage == stage


def test_every_stage_has_a_name_in_every_language() -> None:
    stages = {stage for kind in kinds() for stage in stages_of(kind)}
    for language in languages():
        names = catalogue(language)["cases"]
        assert set(names["stages"]) == stages
        assert set(names["kinds"]) == set(kinds())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", languages())
def test_cases_are_told_in_every_format_and_language(huawei: Ledger, form: Any, language: str) -> None:
    dossier = standing_of(huawei, "Huawei")
    assert dossier.cases
    told = render(dossier, form, language=language, width=120)
    assert str(catalogue(language)["sections"]["cases"]["title"]) in told or form == "json"
