"""The published lists themselves, as they were on a day: all their entries are read, and none is made up."""

from __future__ import annotations

import csv
import io
import re
from ast import literal_eval
from collections import Counter
from collections.abc import Callable

from tests.lists.small import csl_csv, csl_row

from onrecord.lists import read_list, read_list_files

Snapshot = Callable[[str], dict[str, bytes]]


def test_the_un_s_list_of_2026(snapshot: Snapshot) -> None:
    data = snapshot("un-2026-02")["UN_consolidated.xml"]
    found = read_list(data, name="UN_consolidated.xml")
    assert Counter(party.kind for party in found.parties) == {"person": 730, "company": 273}
    assert found.whole
    assert not found.problems
    assert found.issued == "2026-02-27"
    assert all(party.since for party in found.parties)
    lines = data.decode().splitlines()
    assert all(lines[party.line - 1].strip() in ("<INDIVIDUAL>", "<ENTITY>") for party in found.parties)


def test_the_sdn_lists_of_2019_and_2023(snapshot: Snapshot) -> None:
    old = snapshot("us-ofac-sdn-2019-01")
    new = snapshot("us-ofac-sdn-2023-01")
    first, second = read_list(old["sdn.csv"], name="sdn.csv"), read_list_files(new)
    assert (len(first.parties), first.problems, first.whole) == (7379, (), True)
    assert (len(second.parties), second.problems, second.whole) == (11443, (), True)
    assert Counter(party.kind for party in first.parties) == {
        "person": 3845,
        "company": 2994,
        "vessel": 323,
        "aircraft": 217,
    }
    quoted = len(re.findall(rb"a\.k\.a\. '", old["sdn.csv"]))
    weak = sum(name.quality == "weak" for party in first.parties for name in party.names)
    assert 0 <= quoted - weak <= 5  # The rest stand in remarks that OFAC cut off.
    both = {party.id for party in first.parties} & {party.id for party in second.parties}
    assert len(both) > 5000


def test_the_non_sdn_list_of_2025(snapshot: Snapshot) -> None:
    files = snapshot("us-ofac-non-sdn-2025-12")
    found = read_list_files(files)
    assert (found.list, len(found.parties), found.problems, found.whole) == ("us-ofac-non-sdn", 442, (), True)
    aliases = [row for row in csv.reader(io.StringIO(files["cons_alt.csv"].decode())) if len(row) == 5]
    former = sum(name.quality == "former" for party in found.parties for name in party.names)
    assert former >= len({(row[0], row[3]) for row in aliases if row[2] == "fka"})
    military = [party for party in found.parties if "CMIC-EO13959" in party.programs]
    assert len(military) == 68
    assert all(party.since for party in military)
    assert sum("CN" in party.countries for party in military) == 65  # Three sit on islands of the Caribbean.


def test_the_screening_list_of_2023_ends_in_the_middle(snapshot: Snapshot) -> None:
    files = snapshot("us-csl-2023-11")
    found = read_list(files["csl.csv"], name="csl.csv")
    assert not found.whole
    [problem] = found.problems
    assert (problem.line, problem.id) == (4233, "11476")
    # 4,226 whole entries, and two that the Entity List names only as those whom others belong to.
    named = [party for party in found.parties if party.remarks.startswith("Named in the entry of")]
    assert [party.name for party in named] == [
        "China National Nuclear Group Corporation (CNNC)",
        "Department of Atomic Energy",
    ]
    assert len(found.parties) == 4226 + len(named)
    assert sum(party.affiliate_of is not None for party in found.parties) == 9
    entity_list = [party for party in found.parties if party.source == "Entity List"]
    assert len(entity_list) == 919 + len(named)
    cited = [
        party for party in entity_list if any(re.fullmatch(r"\d+ FR \d+", law) for law in party.citations)
    ]
    assert len(cited) > 850


def test_the_old_layout_of_2019(snapshot: Snapshot) -> None:
    found = read_list(snapshot("us-csl-2023-11")["csl-sample-2019-12.csv"], name="csl.csv")
    assert (len(found.parties), found.problems, found.whole) == (115, (), True)
    assert "Gui’an New District Huawei Investment Co., Ltd., Guiyang, Guizhou" in {
        p.name for p in found.parties
    }


def test_huawei_s_affiliates_belong_to_huawei(snapshot: Snapshot) -> None:
    text = snapshot("us-csl-2023-11")["huawei_affiliate_strings.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = [literal_eval(row["lookup"])["properties"]["name"] for row in rows]
    found = read_list(
        csl_csv(*(csl_row(name=row["csl_raw_string"]) for row in rows)).encode(), name="csl.csv"
    )
    [huawei] = [party for party in found.parties if party.affiliate_of is None]
    assert huawei.name.startswith("Huawei Technologies Co., Ltd.")
    assert [party.name for party in found.parties if party.affiliate_of == huawei.id] == expected
