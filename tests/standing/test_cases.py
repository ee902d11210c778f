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
    type_: str, actor: str, target: str | None, status: str, topic: str | None = None, when: str | None = None
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
        (said("commitment", "Huawei", "GB", "asserted", "backdoor"), "mending-promised"),
        (said("evaluation", "GB", "Huawei", "negated", "security"), "nothing-found"),
    ],
    "commitment": [
        (said("commitment", "Huawei", "DE", "possible", "espionage"), "offered"),
        (said("commitment", "Huawei", "DE", "asserted", "espionage"), "given"),
        (said("wrongdoing", "Huawei", "DE", "alleged", "espionage"), "said-to-be-broken"),
    ],
    "threat": [
        (said("threat", "CN", "GB", "asserted", "market"), "uttered"),
        (said("permission", "CN", "GB", "asserted", "market"), "not-carried-out"),
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


def test_what_says_the_same_later_moves_a_case_by_its_own_words(ledger_of: Make) -> None:
    row = said("legal", "US", "Huawei", "asserted", "fraud")
    ledger = ledger_of(
        [
            page(1, "2022-12-02", "The United States has dropped the charges against Huawei.", row),
            page(2, "2019-01-28", "The United States has charged Huawei with fraud.", row),
            page(3, "2019-02-03", "Huawei was charged by the United States, it was told.", row),
        ]
    )
    for as_of, stages in (("2019-12", ["charged"]), (None, ["charged", "closed"])):
        found = case(ledger, "legal", as_of)
        assert found is not None
        assert [step.stage for step in found.steps] == stages
    closed = found.steps[1] if found else None
    assert closed is not None
    assert closed.moment is not None
    assert closed.moment.value == "2022-12-02"
    (line,) = closed.lines
    assert [cited.quote for cited in line.citations] == [
        "The United States has dropped the charges against Huawei."
    ]
    assert (line.statements, line.pages, line.origins) == (1, 1, ("Paper 1",))


LICENCE = [
    ("2019-07-01", said("request", "Huawei", "US", "asserted", "components"),
     "Huawei has applied to the department for a licence to buy chips.", "applied"),
    ("2019-08-05", said("permission", "US", "Huawei", "negated", "components"),
     "The department refused Huawei a licence for chips.", "refused"),
    ("2019-11-20", said("permission", "US", "Huawei", "asserted", "sanctions"),
     "The department granted Huawei a licence to export.", "granted"),
    ("2020-02-01", said("permission", "US", "Huawei", "negated", "network"),
     "The department will not have Huawei in its network.", "granted"),
    ("2021-01-18", said("permission", "US", "Huawei", "negated", "components"),
     "The department revoked Huawei's licence to buy chips.", "lapsed"),
    ("2021-03-01", said("permission", "US", "Huawei", "asserted"),
     "The department has given Huawei its licence back.", "granted"),
    ("2021-09-01", said("permission", "US", "Huawei", "negated", "sanctions"),
     "The licence of Huawei was not renewed.", "lapsed"),
]  # fmt: skip


def test_a_licence_moves_by_what_names_it_whatever_its_goods(ledger_of: Make) -> None:
    ledger = ledger_of([page(n, day, text, row) for n, (day, row, text, _) in enumerate(LICENCE)])
    for day, _, text, stage in LICENCE:
        found = case(ledger, "licence", day)
        assert found is not None
        assert found.stage == stage, text


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("da", "Ministeriet har trukket selskabets licens tilbage.", "lapsed"),
        ("da", "Ministeriet tilbagekaldte selskabets licens.", "lapsed"),
        ("nl", "Het ministerie heeft de vergunning van het bedrijf ingetrokken.", "lapsed"),
        ("nl", "Het ministerie trok de vergunning in.", "lapsed"),
        ("nl", "Het bedrijf kreeg geen vergunning.", "refused"),
        ("de", "Das Ministerium widerrief die Ausfuhrgenehmigung.", "lapsed"),
        ("sv", "Myndigheten återkallade tillståndet.", "lapsed"),
        ("no", "Departementet trakk lisensen tilbake.", "lapsed"),
        ("fr", "Le ministère a révoqué la licence.", "lapsed"),
    ],
)
def test_a_licence_that_was_taken_back_is_told_by_the_words_of_each_language(
    ledger_of: Make, language: str, text: str, stage: str
) -> None:
    granted = page(1, "2019-01-01", "So it is.", said("permission", "US", "Huawei", "asserted", "sanctions"))
    negated = said("permission", "US", "Huawei", "negated", "components")
    ledger = ledger_of([granted, page(2, "2019-02-01", text, negated, language=language)])
    found = case(ledger, "licence")
    assert found is not None
    assert found.stage == stage


FINDINGS = [
    ("en", "asserted", "The board found that the flaws had been mended.", "mended"),
    ("en", "asserted", "The centre has since fixed several serious flaws.", "mended"),
    ("en", "asserted", "The board looked into whether the flaws had been mended.", "examined"),
    ("en", "asserted", "The board found flaws that must be fixed.", "examined"),
    ("en", "asserted", "The board asked for proof that the flaws are closed.", "examined"),
    ("en", "asserted", "The board found flaws which have not been fixed.", "not-mended"),
    ("en", "negated", "The board found no flaws any more.", "mended"),
    ("en", "negated", "The board found no remaining flaws.", "mended"),
    ("en", "negated", "The board found no flaws.", "nothing-found"),
    ("en", "negated", "The board found no flaw that was not mended.", "nothing-found"),
    ("en", "negated", "The board did not find flaws in the fixed network.", "nothing-found"),
    ("en", "negated", "The board found no fault. Nokia has mended its flaws.", "mended"),
    ("en", "negated", "The board has not closed its inquiry.", "nothing-found"),
    ("en", "negated", "The board has not removed all doubts about backdoors.", "nothing-found"),
    ("en", "negated", "No board said that the flaws were mended.", "nothing-found"),
    ("en", "negated", "Huawei has not repaired its serious faults.", "not-mended"),
    ("en", "negated", "The problems raised last year remain unsolved.", "not-mended"),
    ("en", "negated", "The board has not examined the new software.", "not-examined"),
    ("da", "negated", "Centeret fandt ikke længere fejl i udstyret.", "mended"),
    ("da", "negated", "Centeret fandt ingen fejl i udstyret.", "nothing-found"),
    ("da", "negated", "Fejlene er endnu ikke udbedret.", "not-mended"),
    ("da", "asserted", "Huawei havde udbedret fejlene, fandt centeret.", "mended"),
    ("da", "negated", "Centeret har ikke undersøgt udstyret.", "not-examined"),
    ("nl", "negated", "De dienst vond geen gebreken meer.", "mended"),
    ("nl", "negated", "De dienst vond geen gebreken.", "nothing-found"),
    ("nl", "negated", "Het bedrijf heeft de kwetsbaarheden nog altijd niet verholpen.", "not-mended"),
    ("nl", "negated", "De dienst zag dat het bedrijf de lekken niet had gedicht.", "not-mended"),
    ("nl", "asserted", "Het bedrijf heeft de kwetsbaarheden verholpen.", "mended"),
    ("nl", "asserted", "De dienst ging na of de fouten zijn hersteld.", "examined"),
    ("nl", "negated", "De dienst heeft Huawei niet onderzocht.", "not-examined"),
    ("de", "negated", "Das Amt fand keine Schwachstellen mehr.", "mended"),
    ("de", "negated", "Die Mängel sind noch nicht behoben.", "not-mended"),
    ("de", "negated", "Einen Missbrauch hat das Amt nicht nachgewiesen.", "nothing-found"),
    ("de", "asserted", "Huawei hat die Mängel behoben.", "mended"),
    ("sv", "negated", "Bolaget har inte åtgärdat bristerna.", "not-mended"),
    ("sv", "negated", "Myndigheten hittade inte längre några brister.", "mended"),
    ("no", "negated", "Feilene er ikke utbedret.", "not-mended"),
    ("no", "asserted", "Selskapet har rettet feilene.", "mended"),
    ("fr", "negated", "Les failles n’ont pas été corrigées.", "not-mended"),
    ("fr", "negated", "Les experts ne trouvent plus de failles.", "mended"),
    ("fr", "asserted", "Les failles ont été corrigées.", "mended"),
    ("pl", "negated", "Nie znaleziono wad.", "nothing-found"),
]


@pytest.mark.parametrize(("language", "status", "text", "stage"), FINDINGS)
def test_what_came_of_a_promise_to_mend_is_told_by_the_words(
    ledger_of: Make, language: str, status: str, text: str, stage: str
) -> None:
    found = said("evaluation", "GB", "Huawei", status, "security", "2019-05-01")
    ledger = ledger_of(
        [
            page(
                1,
                "2019-01-01",
                "It found faults.",
                said("evaluation", "GB", "Huawei", "asserted", "security"),
            ),
            page(
                2, "2019-03-01", "It will mend.", said("commitment", "Huawei", "GB", "asserted", "security")
            ),
            page(3, "2019-05-01", text, found, language=language),
        ]
    )
    moved = case(ledger, "evaluation")
    assert moved is not None
    assert [step.stage for step in moved.steps] == ["examined", "mending-promised", stage]


WORDS_KEPT = [
    ("en", "asserted", "Huawei has kept its promise to Britain.", "kept"),
    ("en", "asserted", "The promise to Britain was fulfilled.", "kept"),
    ("en", "asserted", "Huawei promised Britain that it would have kept its word.", "given"),
    ("en", "asserted", "Whether Huawei has kept its promise nobody knows.", "given"),
    ("en", "negated", "Huawei did not keep its promise to Britain.", "broken"),
    ("en", "negated", "Huawei made no promise to Britain.", "refused"),
    ("da", "asserted", "Huawei har holdt sit løfte.", "kept"),
    ("da", "asserted", "Huawei har ikke holdt sit løfte.", "given"),
    ("da", "negated", "Huawei har ikke holdt sit løfte.", "broken"),
    ("nl", "asserted", "Huawei is zijn belofte nagekomen.", "kept"),
    ("nl", "asserted", "De woordvoerder werd aangehouden.", "given"),
    ("nl", "negated", "Huawei heeft zijn belofte niet gehouden.", "broken"),
    ("de", "asserted", "Huawei hat sein Versprechen gehalten.", "kept"),
    ("sv", "asserted", "Huawei har hållit sitt löfte.", "kept"),
    ("no", "asserted", "Huawei har innfridd løftene.", "kept"),
    ("fr", "asserted", "Huawei a tenu sa promesse.", "kept"),
    ("fr", "negated", "Huawei n’a pas tenu sa promesse.", "broken"),
]
WORDS_DONE = [
    ("en", "asserted", "China has not carried out its threat.", "not-carried-out"),
    ("en", "negated", "China did not make good on its threat.", "not-carried-out"),
    ("en", "asserted", "China made good on its threat.", "carried-out"),
    ("en", "asserted", "China repeats that it will make good on its threat.", "uttered"),
    ("en", "negated", "China has taken back its threat.", "withdrawn"),
    ("en", "negated", "China will not carry out its threat.", "withdrawn"),
    ("da", "asserted", "Kina gjorde ikke alvor af sin trussel.", "not-carried-out"),
    ("nl", "asserted", "China heeft zijn dreigement niet uitgevoerd.", "not-carried-out"),
    ("de", "asserted", "China hat die Drohung nicht wahr gemacht.", "not-carried-out"),
    ("sv", "asserted", "Kina har inte gjort verklighet av hotet.", "not-carried-out"),
    ("no", "asserted", "Kina har ikke gjort alvor av trusselen.", "not-carried-out"),
    ("fr", "asserted", "La Chine n’a pas mis ses menaces à exécution.", "not-carried-out"),
]


@pytest.mark.parametrize(
    ("kind", "language", "status", "text", "stage"),
    [("commitment", *row) for row in WORDS_KEPT] + [("threat", *row) for row in WORDS_DONE],
)
def test_whether_a_word_was_kept_is_told_by_the_words(
    ledger_of: Make, kind: str, language: str, status: str, text: str, stage: str
) -> None:
    told = said(kind, "Huawei", "GB", status, None, "2019-05-01")
    ledger = ledger_of(
        [
            page(1, "2019-01-01", "Huawei said so.", said(kind, "Huawei", "GB", "asserted")),
            page(2, "2019-05-01", text, told, language=language),
        ]
    )
    moved = case(ledger, kind)
    assert moved is not None
    assert moved.stage == stage


@pytest.mark.parametrize(
    ("row", "stage"),
    [
        (said("restriction", "CN", "GB", "negated", "market"), "not-carried-out"),
        (said("legal", "CN", "GB", "negated", "market"), "not-carried-out"),
        (said("restriction", "CN", "GB", "asserted", "software"), "uttered"),
        (said("restriction", "CN", "GB", "asserted"), "uttered"),
        (said("permission", "CN", "DK", "asserted", "market"), "uttered"),
        (said("supply", "CN", "GB", "asserted"), "uttered"),
    ],
)
def test_a_threat_is_not_carried_out_where_its_actor_does_the_opposite(
    ledger_of: Make, row: Said, stage: str
) -> None:
    about = said("risk", "Huawei", "GB", "asserted")
    threat = said("threat", "CN", "GB", "asserted", "market")
    ledger = ledger_of(
        [
            page(1, "2019-01-01", "Huawei one.", threat, about),
            page(2, "2019-02-01", "Huawei two.", row, about),
        ]
    )
    moved = case(ledger, "threat")
    assert moved is not None
    assert moved.stage == stage


PROMISED = said("commitment", "Huawei", "DE", "asserted", "security")
EXAMINED = said("evaluation", "NL", "Huawei", "asserted", "network")


@pytest.mark.parametrize(
    ("kind", "before", "then", "stages"),
    [
        ("commitment", PROMISED, said("wrongdoing", "Huawei", "DE", "asserted", "fraud"), ["given"]),
        ("commitment", PROMISED, said("wrongdoing", "Huawei", "DE", "alleged", None), ["given"]),
        ("commitment", PROMISED, said("wrongdoing", "Huawei", "NL", "asserted", "security"), ["given"]),
        (
            "commitment",
            PROMISED,
            said("wrongdoing", "Huawei", "DE", "asserted", "espionage"),
            ["given", "broken"],
        ),
        (
            "commitment",
            said("commitment", "Huawei", None, "asserted", "security"),
            said("wrongdoing", "Huawei", None, "asserted", "security"),
            ["given"],
        ),
        ("evaluation", EXAMINED, said("commitment", "Huawei", "DE", "asserted", "software"), ["examined"]),
        ("evaluation", EXAMINED, said("commitment", "Huawei", "NL", "asserted", "software"), ["examined"]),
        ("evaluation", EXAMINED, said("commitment", "Huawei", "DE", "asserted", "network"), ["examined"]),
        (
            "evaluation",
            EXAMINED,
            said("commitment", "Huawei", "NL", "planned", "network"),
            ["examined", "mending-promised"],
        ),
    ],
)
def test_a_case_is_moved_by_what_is_about_its_matter_and_its_parties_alone(
    ledger_of: Make, kind: str, before: Said, then: Said, stages: list[str]
) -> None:
    ledger = ledger_of(
        [page(1, "2019-01-01", "Huawei one.", before), page(2, "2019-02-01", "Huawei two.", then)]
    )
    found = case(ledger, kind)
    assert found is not None
    assert [step.stage for step in found.steps] == stages


def test_a_promise_is_broken_in_the_matter_of_which_it_stands_not_of_one_that_was_refused(
    ledger_of: Make,
) -> None:
    refused = said("commitment", "Huawei", "DE", "negated", "fraud")
    fraud = said("wrongdoing", "Huawei", "DE", "asserted", "fraud")
    told = [refused, PROMISED, fraud]
    ledger = ledger_of([page(n, f"2019-0{n}-01", f"Huawei {n}.", row) for n, row in enumerate(told, start=1)])
    found = case(ledger, "commitment")
    assert found is not None
    assert [step.stage for step in found.steps] == ["refused", "given"]


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
