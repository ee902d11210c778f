"""Rule packs: the laws' own thresholds and days as cases, and files that are refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.entities import catalogue
from onrecord.exposure import Finding, Layer, Pack, PackError, RegisterLine, Rule, Sort, packs, rule_findings
from onrecord.ledger import BadDate

TODAY = "2026-11-28"


def deployment(party: str, state: str | None, layer: Layer | None, **more: Any) -> RegisterLine:
    line = RegisterLine(7, "D-7", "deployment", party, state=state, layer=layer)
    return replace(line, **more)


def shipment(state: str | None, us_share: float | None, party: str = "Buyer Ltd") -> RegisterLine:
    return RegisterLine(3, "S-3", "shipment", party, state=state, goods="routers", us_share=us_share)


def key_of(name: str) -> str | None:
    return {"Huawei Technologies Co., Ltd.": "Huawei", "Huawei": "Huawei", "ZTE": "ZTE"}.get(name)


def told(line: RegisterLine, as_of: str = TODAY, **more: Any) -> dict[str, Finding]:
    """The findings on a line, by pack and rule."""
    found = rule_findings([line], as_of=as_of, key_of=key_of, **more)
    return {finding.source.partition(",")[0]: finding for finding in found}


def from_pack(line: RegisterLine, pack: str, as_of: str = TODAY, **more: Any) -> set[str]:
    """The rules of a pack that say something of a line."""
    names = (name.split("/") for name in told(line, as_of, **more))
    return {rule for of, rule in names if of == pack}


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.id)
def test_our_packs_are_whole(pack: Pack) -> None:
    assert pack.rules
    assert pack.checked <= TODAY
    for rule in pack.rules:
        assert set(rule.says) == {"en", "da", "nl"}
        assert all(cite.at and cite.text.citation and cite.text.url for cite in rule.cites)
        assert set(rule.applies.parties) <= set(catalogue())
        # It never says that all is well, and gives no verdict.
        assert not re.search(r"complian|allowed|lawful|illegal", " ".join(rule.says.values()), re.IGNORECASE)


def test_every_pack_and_all_that_is_left_out_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
    for pack in packs():
        assert f"`{pack.id}`" in text, f"docs/rules.md says nothing of {pack.id}"


# -- the US de minimis thresholds: "valued at 10% or less" and "25% or less" are not subject to the EAR


@pytest.mark.parametrize(
    ("state", "share", "rules"),
    [
        ("KP", 0.10, set()),
        ("KP", 0.1001, {"above-ten-percent"}),
        ("CU", 0.11, {"above-ten-percent"}),
        ("SY", None, {"share-unknown"}),
        ("DE", 0.25, set()),
        ("DE", 0.2501, {"above-twenty-five-percent"}),
        ("DE", None, set()),
        ("US", 0.9, set()),
        (None, 0.10, set()),
        (None, 0.11, {"destination-unknown"}),
        # By § 560.420 it must be less than 10 percent for Iran: at 10 percent the two laws part.
        ("IR", 0.0999, set()),
        ("IR", 0.10, {"iran-from-ten-percent"}),
        ("IR", 0.11, {"iran-from-ten-percent", "above-ten-percent"}),
    ],
)
def test_thresholds_of_us_content(state: str | None, share: float | None, rules: set[str]) -> None:
    assert from_pack(shipment(state, share), "us-de-minimis") - {"no-threshold-d5"} == rules


@pytest.mark.parametrize(
    ("state", "day", "rules"),
    [
        ("SD", "2021-01-13", {"above-ten-percent"}),
        ("SD", "2021-01-14", set()),
        ("CU", "2019-10-20", set()),
        ("CU", "2019-10-21", {"above-ten-percent"}),
        # What the groups were before that day is not known to the pack, so it says nothing.
        ("IR", "2015-07-21", set()),
    ],
)
def test_groups_of_states_are_those_of_the_day(state: str, day: str, rules: set[str]) -> None:
    assert from_pack(shipment(state, 0.15), "us-de-minimis", day) - {"iran-from-ten-percent"} == rules


def test_cuba_had_twenty_five_percent_for_a_time() -> None:
    assert from_pack(shipment("CU", 0.3), "us-de-minimis", "2018-01-01") == {"above-twenty-five-percent"}
    assert from_pack(shipment("CU", 0.3), "us-de-minimis", "2020") == {"above-ten-percent"}


def test_what_is_not_computed_is_told() -> None:
    found = told(shipment("HK", 0.01))["us-de-minimis/no-threshold-d5"]
    assert "does not say how its goods are classified" in found.what
    assert "15 CFR § 734.4, paragraph (a)(6)(i)" in found.citation
    # Cambodia left the group on 3 February 2026; before that day the pack does not know the group.
    assert "no-threshold-d5" not in from_pack(shipment("KH", 0.01), "us-de-minimis")
    assert "no-threshold-d5" not in from_pack(shipment("CN", 0.01), "us-de-minimis", "2026-02-02")


# -- the Entity List


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        ("2019-05-15", set()),
        ("2019-05-16", {"huawei-listed"}),
        ("2020-05-15", {"huawei-listed", "huawei-direct-product-2020"}),
        ("2020-08-16", {"huawei-listed", "huawei-direct-product-2020"}),
        ("2020-08-17", {"huawei-listed", "huawei-direct-product"}),
    ],
)
def test_direct_product_rule_by_day(day: str, rules: set[str]) -> None:
    line = shipment("CN", 0.0, "Huawei Technologies Co., Ltd.")
    assert from_pack(line, "us-entity-list", day) == rules


def test_a_listed_party_is_known_by_the_list_that_the_caller_names() -> None:
    line = shipment("CN", 0.0, "Example Semiconductor")
    assert from_pack(line, "us-entity-list") == set()
    assert from_pack(line, "us-entity-list", listed=lambda _: ("Entity List (EL)",)) == {"party-listed"}
    assert from_pack(line, "us-entity-list", listed=lambda _: ("Denied Persons List",)) == set()


# -- national decisions


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        ("2024-07-10", None),
        ("2024-07-11", "The deadline is 2026-12-31."),
        ("2026-12-31", "The deadline is 2026-12-31."),
        ("2027-01-01", "The deadline was 2026-12-31."),
    ],
)
def test_a_deadline_is_told_as_ahead_or_past(as_of: str, sentence: str | None) -> None:
    found = told(deployment("Huawei", "DE", "core"), as_of).get("de-5g/core-out")
    assert (sentence in found.what if found and sentence else sentence) == (True if sentence else None)


def test_a_deadline_that_passes_is_another_finding_and_a_day_later_is_not() -> None:
    def made(day: str) -> str:
        return told(deployment("ZTE", "DE", "radio"), day)["de-5g/management-out"].id

    assert made("2026-01-01") == made("2029-12-31")
    assert made("2029-12-31") != made("2030-01-01") == made("2031")


def test_layers_decide() -> None:
    assert from_pack(deployment("Huawei", "GB", "core"), "gb-5g") >= {"core-out", "5g-out"}
    assert "core-out" not in from_pack(deployment("Huawei", "GB", "radio"), "gb-5g")
    assert from_pack(deployment("ZTE", "GB", "core"), "gb-5g") == set()
    assert from_pack(deployment("Ericsson", "SE", "core"), "se-5g") == set()


def test_one_text_replaces_another_in_italy() -> None:
    line = deployment("Ericsson", "IT", "radio")
    assert from_pack(line, "it-5g", "2019-03-25") == set()
    assert from_pack(line, "it-5g", "2022-03-22") == {"notification"}
    assert from_pack(line, "it-5g", "2022-03-23") == {"annual-plan"}


def test_a_line_without_a_layer_is_told_what_it_lacks() -> None:
    found = told(deployment("Huawei", "DE", None))
    assert "names no layer; the rule is about core." in found["de-5g/core-out"].what
    assert "the rule is about radio or transport." in found["de-5g/management-out"].what
    assert "the rule is about core, radio or transport." in found["eu-5g/higher-risk"].what


def test_what_is_new_and_what_was_there() -> None:
    def rules(since: str | None) -> set[str]:
        return from_pack(deployment("Huawei", "GB", "radio", since=since), "gb-5g")

    assert "no-new-5g" in rules("2023-01")
    assert "no-new-5g" not in rules("2022-09")
    # In October 2022 it may have been before or after the 13th.
    assert "no-new-5g" in rules("2022-10")
    missing = told(deployment("Huawei", "GB", "radio"))["gb-5g/no-new-5g"]
    assert "does not say since when; the rule is about what began on 2022-10-13 or later." in missing.what


def test_a_contract_beyond_the_deadline_is_told() -> None:
    def said(until: str | None) -> str:
        line = deployment("Huawei", "GB", "radio", until=until)
        return told(line)["gb-5g/5g-out"].what

    assert "the contract runs until 2028-06, beyond that" in said("2028-06")
    assert "contract" not in said("2027-12")
    assert "the contract ended 2024." in said("2024")


def test_a_rule_that_is_not_in_force_yet_says_nothing() -> None:
    line = deployment("Any Maker", "FI", "radio")
    assert from_pack(line, "fi-5g", "2026-12-18") == set()
    assert from_pack(line, "fi-5g", "2026-12-19") == {"base-stations"}
    # A month or year is asked as of its end.
    assert from_pack(line, "fi-5g", "2026-12") == {"base-stations"}


def test_laws_that_let_a_state_refuse_a_supplier_touch_lines_by_layer() -> None:
    assert from_pack(deployment("Any Maker", "DK", "core", since="2020"), "dk-supplier-security") == {
        "critical-components"
    }
    assert from_pack(deployment("Any Maker", "DK", "radio", since="2022"), "dk-supplier-security") == {
        "radio-control-units",
        "special-economic-agreement",
    }
    assert from_pack(deployment("Any Maker", "DK", "devices"), "dk-supplier-security") == set()
    assert from_pack(deployment("Any Maker", "NL", "core"), "nl-telecom") == {"designated-parts"}
    assert from_pack(deployment("ZTE", "NL", "core"), "nl-telecom") == {
        "designated-parts",
        "critical-parts-huawei-zte",
    }


def test_what_is_not_verified_says_so() -> None:
    line = deployment("Huawei", "GB", "transport")
    assert "(The deadline is not verified" in told(line)["gb-5g/high-rate-transmission-out"].what
    assert "not verified" not in told(line)["gb-5g/5g-out"].what


def test_sentences_in_danish_and_dutch() -> None:
    line = deployment("Huawei", "DE", None, until="2030")
    danish = told(line, language="da")["de-5g/core-out"].what
    assert "Fristen er 2026-12-31." in danish
    assert "reglen gælder kernenettet." in danish
    dutch = told(line, language="nl")["de-5g/core-out"].what
    assert "De termijn loopt tot 2026-12-31." in dutch
    assert "dit geldt voor het kernnetwerk." in dutch


def test_a_finding_leads_back_to_the_law_and_to_its_line() -> None:
    found = told(deployment("Huawei", "SE", "core"))["se-5g/central-functions-out"]
    assert (found.line, found.kind, found.about, found.since) == (7, "rule", "Huawei", "2020-10-20")
    assert found.source == "se-5g/central-functions-out, checked 2022-06-22"
    assert "PTS, decision of 20 October 2020, point 28" in found.citation


def test_ids_hold_when_rows_move_and_tell_like_lines_apart() -> None:
    line = replace(deployment("Huawei", "DE", "core"), id="7")
    moved = replace(line, line=9, id="9")
    alone = {finding.id for finding in rule_findings([line], as_of=TODAY, key_of=key_of)}
    assert {finding.id for finding in rule_findings([moved], as_of=TODAY, key_of=key_of)} == alone
    both = [finding.id for finding in rule_findings([line, moved], as_of=TODAY, key_of=key_of)]
    assert len(set(both)) == len(both) == 2 * len(alone)


def test_no_date_is_refused() -> None:
    for wrong in ("tomorrow", "2026-13", "2026-02-30", ""):
        with pytest.raises(BadDate):
            rule_findings([], as_of=wrong, key_of=key_of)


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(DAYS, st.sampled_from([(pack, rule) for pack in packs() for rule in pack.rules]))
def test_a_rule_speaks_on_the_days_on_which_it_holds_and_no_others(day: date, one: tuple[Pack, Rule]) -> None:
    pack, rule = one
    alone = replace(pack, rules=(rule,))
    applies = rule.applies
    group = applies.group or applies.outside
    state = applies.states[0] if applies.states and not applies.outside else None
    if applies.group:
        state = applies.group.members[0].state
    elif applies.outside:
        state = "DE"
    line = RegisterLine(
        1, "a", applies.sorts[0], (*applies.parties, "Maker")[0],
        state=None if applies.unknown == "state" else state,
        layer=applies.layers[0] if applies.layers else None,
        us_share=None if applies.unknown == "us_share" else 0.9,
        since=TODAY,
    )  # fmt: skip
    found = rule_findings(
        [line],
        as_of=day.isoformat(),
        key_of=lambda name: name,
        listed=lambda _: ("Entity List",),
        packs=[alone],
    )
    known = group is None or group.known_since <= day.isoformat()
    assert bool(found) == (rule.holds(day.isoformat()) and known)


@given(DAYS, st.integers(1, 4000))
def test_a_deadline_is_past_from_the_day_after_it(deadline: date, ahead: int) -> None:
    [pack] = [pack for pack in packs() if pack.id == "de-5g"]
    rule = replace(pack.rules[0], since="2000-01-01", deadline=deadline.isoformat())
    lines = [deployment("Huawei", "DE", "core")]

    def said(day: date) -> str:
        [found] = rule_findings(
            lines, as_of=day.isoformat(), key_of=key_of, packs=[replace(pack, rules=(rule,))]
        )
        return found.what

    assert "The deadline is" in said(deadline - timedelta(days=min(ahead, 5000)))
    assert "The deadline is" in said(deadline)
    assert "The deadline was" in said(deadline + timedelta(days=ahead))


# -- files

GOOD: dict[str, Any] = {
    "id": "own",
    "title": "House rule",
    "jurisdiction": "international",
    "checked": "2026-01-01",
    "texts": {"policy": {"title": "Policy", "citation": "Board 12", "url": "https://example.org/policy"}},
    "rules": [
        {
            "id": "nothing-in-the-core",
            "effect": "ban",
            "applies": {"sorts": ["deployment"], "layers": ["core"], "parties": ["Acme"]},
            "since": "2025-01-01",
            "says": {"en": "Nothing of Acme in the core."},
            "cites": [{"text": "policy", "at": "paragraph 3"}],
        }
    ],
}


def with_rule(**changes: Any) -> dict[str, Any]:
    return {**GOOD, "rules": [{**GOOD["rules"][0], **changes}]}


def without(*keys: str) -> dict[str, Any]:
    rule = {key: value for key, value in GOOD["rules"][0].items() if key not in keys}
    return {**{key: value for key, value in GOOD.items() if key not in keys}, "rules": [rule]}


def test_a_pack_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(GOOD), "utf-8")
    found = packs(tmp_path)
    assert {pack.id for pack in found} == {pack.id for pack in packs()} | {"own"}
    line = deployment("Acme", None, "core")
    [one] = rule_findings([line], as_of="2025", key_of=lambda name: name, packs=found)
    assert (one.what, one.citation) == ("Nothing of Acme in the core.", "Board 12, paragraph 3")


def test_a_pack_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "au-5g.yaml").write_text(yaml.safe_dump({**GOOD, "id": "au-5g"}), "utf-8")
    [pack] = [pack for pack in packs(tmp_path) if pack.id == "au-5g"]
    assert pack.title == "House rule"
    assert [pack.title for pack in packs() if pack.id == "au-5g"] != ["House rule"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (without("checked"), "it lacks checked"),
        (without("cites"), "rule nothing-in-the-core: it lacks cites"),
        (with_rule(cites=[]), "rule nothing-in-the-core: `cites` should be a list that is not empty"),
        (with_rule(cites=[{"text": "policy"}]), "it lacks at"),
        (with_rule(cites=[{"text": "law", "at": "1"}]), "'law', which is not among the pack's texts"),
        ({**GOOD, "colour": "red"}, "unknown keys: colour"),
        (with_rule(severity=3), "rule nothing-in-the-core: unknown keys: severity"),
        (with_rule(applies={"sorts": ["deployment"], "layer": ["core"]}), "unknown keys: layer"),
        (with_rule(applies={"sorts": ["lease"]}), "`sorts` should be one of supplier, customer"),
        (with_rule(applies={"sorts": ["deployment"], "states": ["XQ"]}), "no state with the code 'XQ'"),
        (with_rule(applies={"sorts": ["deployment"], "states": [False]}), 'put it in quotes ("NO")'),
        (with_rule(applies={"sorts": ["shipment"], "above": 25}), "`above` should be a share between"),
        (with_rule(applies={"sorts": ["shipment"], "group": "E"}), "'E', which is not among the pack's"),
        (with_rule(until="2024-12-31"), "`since` (2025-01-01) comes after `until` (2024-12-31)"),
        (with_rule(deadline="2024-06-01"), "`since` (2025-01-01) comes after `deadline` (2024-06-01)"),
        (with_rule(since="2025-02"), "`since` should be a whole day such as 2024-07-11, not '2025-02'"),
        (with_rule(effect="verdict"), "`effect` should be one of ban, removal"),
        (with_rule(says={"da": "Intet."}), "it lacks en"),
        (with_rule(unverified=["all"]), "`unverified` should be one of rule, since, deadline"),
        (with_rule(id="Core!"), "`id` should be small letters and digits"),
        ({**GOOD, "rules": GOOD["rules"] * 2}, "there is another rule of this id"),
        ({**GOOD, "rules": []}, "`rules` should be a list that is not empty"),
        ({**GOOD, "id": "other"}, "its file should be other.yaml"),
        ({**GOOD, "jurisdiction": "Denmark"}, "there is no state with the code 'Denmark'"),
        ({**GOOD, "texts": {}}, "`texts` should name the texts"),
        ({**GOOD, "texts": {**GOOD["texts"], "b": {"title": "B", "citation": "B", "url": "https://b.org"}}},
         "no rule cites b"),
        ({**GOOD, "texts": {"policy": {"title": "P", "citation": "P", "url": "shelf 3"}}}, "`url` should be"),
        (["a list"], "a mapping with the keys"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pack_is_told_with_its_place(
    tmp_path: Path, content: object, message: str
) -> None:
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(PackError) as error:
        packs(tmp_path)
    assert str(tmp_path / "own.yaml") in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: own\nid: own\n", "the key 'id' stands twice"),
        ("id: [", "not YAML as it should be"),
    ],
)
def test_yaml_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=message):
        packs(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no such folder"):
        packs(tmp_path / "none")
    with pytest.raises(PackError, match="there is no pack in it"):
        packs(tmp_path)


def test_every_finding_of_a_hundred_thousand_lines_has_an_id_of_its_own() -> None:
    states = ("GB", "DK", "NL", "DE", "SE", "US", "FR", "IR", "CN", None)
    sorts: tuple[Sort, ...] = ("deployment", "shipment", "supplier")
    layers: tuple[Layer | None, ...] = ("core", "radio", "transport", "devices", None)
    lines = [
        RegisterLine(
            row, str(row), sorts[row % 3], "Huawei" if row % 4 == 0 else f"Maker {row % 5000}",
            state=states[row % 10], layer=layers[row % 5], us_share=row % 50 / 100, since="2021-05",
        )
        for row in range(1, 100_001)
    ]  # fmt: skip
    found = rule_findings(lines, as_of=TODAY, key_of=key_of, listed=lambda _: ())
    assert len({finding.id for finding in found}) == len(found) > 20_000


# -- the command


def test_the_command_lists_packs_and_shows_one() -> None:
    run = CliRunner().invoke
    rows = run(app, ["rules"]).stdout.splitlines()
    assert rows[0].split("\t") == ["id", "jurisdiction", "checked", "age in days", "rules", "title"]
    assert {row.split("\t")[0] for row in rows[1:]} == {pack.id for pack in packs()}
    whole = run(app, ["rules", "us-de-minimis"]).stdout
    assert "15 CFR § 734.4, paragraph (d)" in whole
    assert "https://www.ecfr.gov/" in whole
    assert "Huawei-udstyr skal være ude af kernenettet." in run(app, ["rules", "gb-5g", "-L", "da"]).stdout


def test_the_command_gives_json() -> None:
    listed = json.loads(CliRunner().invoke(app, ["rules", "--format", "json"]).stdout)
    [one] = [pack for pack in listed if pack["id"] == "de-5g"]
    age = (date.today() - date.fromisoformat(one["checked"])).days
    assert abs(one["age_days"] - age) <= 1
    whole = json.loads(CliRunner().invoke(app, ["rules", "de-5g", "--format", "json"]).stdout)
    assert len(whole["rules"]) == one["rule_count"]
    assert whole["rules"][0]["deadline"] == "2026-12-31"
    assert whole["rules"][0]["applies"]["parties"] == ["Huawei", "ZTE"]


def test_the_command_ends_well_when_something_is_wrong(tmp_path: Path) -> None:
    unknown = CliRunner().invoke(app, ["rules", "de-6g"])
    assert unknown.exit_code == 1
    assert "there is no pack 'de-6g'" in unknown.stderr
    (tmp_path / "own.yaml").write_text("id: own", "utf-8")
    broken = CliRunner().invoke(app, ["rules", "--folder", str(tmp_path)])
    assert broken.exit_code == 2
    assert "own.yaml" in broken.stderr
