"""Lists that are cut off, broken, none, or made to do harm: what is said, with the line, and what is kept."""

from __future__ import annotations

import gzip
import io
import time
import zipfile

import pytest
from tests.lists import small
from tests.lists.test_formats import zipped

from onrecord.lists import ListError, Problem, read_list, read_list_files
from onrecord.lists.readers import _unpack


def problems(text: str | bytes, name: str = "list") -> tuple[Problem, ...]:
    return read_list(text if isinstance(text, bytes) else text.encode(), name=name).problems


def test_entries_before_a_cut_are_kept_and_the_broken_one_is_named() -> None:
    cut = small.UN_XML[: small.UN_XML.index("<DELISTED_ON>")]
    found = read_list(cut.encode(), name="un.xml")
    assert not found.whole
    assert [party.id for party in found.parties] == ["KPi.004"]
    [problem] = found.problems
    assert problem.line == len(cut.splitlines())
    assert problem.message == "The file ends here, before its <CONSOLIDATED_LIST> does."

    found = read_list(small.OFAC_PRIMARY[:560].encode(), name="sdn.csv")
    assert not found.whole
    assert [party.id for party in found.parties] == ["7157", "17013"]
    assert found.problems == (Problem(3, "23156", "The file ends within this entry."),)

    found = read_list(small.CSL_JSON[:900].encode(), name="csl.json")
    assert (found.whole, len(found.parties)) == (False, 1)
    assert found.problems[0].line == 11

    found = read_list(small.FTM[:350].encode(), name="ftm.json")
    assert (found.whole, len(found.parties), found.problems[0].line) == (False, 1, 2)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_list() -> None:
    text = 'name,country\nHuawei,CN\n"ZTE,CN\n' + "Somebody,DK\n" * 20_000
    found = read_list(text.encode(), name="own.csv")
    assert not found.whole
    assert [party.name for party in found.parties] == ["Huawei"]
    assert found.problems[0].line == 3


def test_a_line_without_an_end_may_be_cut_off() -> None:
    found = read_list(b"country,name\nCN,Huawei\nCN,ZTE Corp", name="own.csv")
    assert not found.whole
    assert [party.name for party in found.parties] == ["Huawei"]
    assert "put one there" in found.problems[0].message
    assert read_list(b"name,remarks\nHuawei,asked legal", name="own.csv").whole


def test_duplicated_ids_are_named_and_the_first_counts() -> None:
    found = read_list(b"id,name\n1,Huawei\n2,ZTE\n1,Hikvision\n", name="own.csv")
    assert [party.name for party in found.parties] == ["Huawei", "ZTE"]
    assert found.problems == (Problem(4, "1", "The id 1 stands already on line 2; the first entry counts."),)
    doubled = small.UN_XML.replace("KPe.004", "KPi.004")
    assert problems(doubled)[0].id == "KPi.004"
    doubled = small.OFAC_XML.replace("<uid>8191</uid>", "<uid>17013</uid>")
    assert problems(doubled)[0].id == "17013"
    assert len(problems(small.csl_csv(small.PANDA, small.HUAWEI, small.PANDA, new=False))) == 1
    assert problems(small.FTM + small.FTM.splitlines()[0] + "\n")[0].line == 6


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014-08-01", "2014-08-01"),
        ("2014-08", "2014-08"),
        ("2014", "2014"),
        ("31/08/2014", "2014-08-31"),
        ("08/31/2014", "2014-08-31"),
        ("8.8.2014", "2014-08-08"),
        ("1 Aug 2014", "2014-08-01"),
        ("01-Aug-2014", "2014-08-01"),
        ("August 1, 2014", "2014-08-01"),
        ("Aug 2014", "2014-08"),
        ("2014-08-01T09:30:00+02:00", "2014-08-01"),
        ("20140801", "2014-08-01"),
    ],
)
def test_dates_of_many_forms_are_read(written: str, read: str) -> None:
    found = read_list(f'name,since\nHuawei,"{written}"\n'.encode(), name="own.csv")
    assert found.parties[0].since == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/04/2014", "“03/04/2014” may be 3 April or 4 March; write it as 2014-08-01."),
        ("31/02/2014", "“31/02/2014” is no day of the calendar between 1900 and 2100."),
        ("2014-13-01", "“2014-13-01” is no day of the calendar between 1900 and 2100."),
        ("3014-01-01", "“3014-01-01” is no day of the calendar between 1900 and 2100."),
        ("soon", "“soon” is no date; write it as 2014-08-01."),
        ("1 Augur 2014", "“1 Augur 2014” is no date; write it as 2014-08-01."),
    ],
)
def test_dates_that_are_ambiguous_or_none_are_problems(written: str, said: str) -> None:
    text = f"name,since\nZTE,2018-01-01\nHuawei,{written}\n"
    assert problems(text) == (Problem(3, "Huawei", said),)


def test_entries_of_a_list_of_one_s_own_that_cannot_be_used() -> None:
    text = (
        "name,kind,since,until,country\n"
        "A,robot,,,\n"
        "B,,2020-01-01,2019-01-01,\n"
        "C,,,,Atlantis\n"
        ",company,,,CN\n"
        "D,,,\n"
        "E,,,,CN,more\n"
        "F,company,2020,2020,CN\n"
    )
    found = read_list(text.encode(), name="own.csv")
    assert [party.name for party in found.parties] == ["F"]
    assert [problem.line for problem in found.problems] == [2, 3, 4, 5, 6, 7]
    assert "no kind" in found.problems[0].message
    assert "before it begins" in found.problems[1].message
    assert "“Atlantis” is no country" in found.problems[2].message


def test_unknown_columns_are_named() -> None:
    with pytest.raises(ListError, match="unknown columns: owner"):
        read_list(b"name,owner\nHuawei,Ren\n", name="own.csv")


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><CONSOLIDATED_LIST>&c;</CONSOLIDATED_LIST>"""
FETCH = b"""<!DOCTYPE sdnList SYSTEM "http://example.org/evil.dtd"><sdnList/>"""
FILE = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sdnList>&e;</sdnList>"""
)


@pytest.mark.parametrize("data", [BOMB, FETCH, FILE, BOMB.decode().encode("utf-16")])
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    with pytest.raises(ListError, match="declares a document type or entities"):
        read_list(data, name="un.xml")


def test_deep_nesting_is_refused() -> None:
    deep = "<CONSOLIDATED_LIST>" + "<INDIVIDUAL>" * 200_000
    with pytest.raises(ListError, match="nests its elements more than 64 deep"):
        read_list(deep.encode(), name="un.xml")
    nested = '{"results": [' + "[" * 100_000
    with pytest.raises(ListError, match="No entry"):
        read_list(nested.encode(), name="csl.json")
    with pytest.raises(ListError):
        read_list(
            ('{"id": "1", "schema": "Company", "properties": ' + '{"a":' * 100_000).encode(), name="ftm"
        )


def test_zip_bombs_are_not_opened() -> None:
    packed = zipped({"sdn.csv": b"0" * (60 * 1024**2)})
    with pytest.raises(ListError, match="more than 250 times its size"):
        read_list(packed, name="bomb.zip")
    with pytest.raises(ListError, match="more than 250 times its size"):
        read_list(gzip.compress(b"0" * (60 * 1024**2)), name="bomb.csv.gz")


def test_no_more_than_the_limit_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_unpack, "MAX_BYTES", 3000)
    content = b"name\n" + b"Huawei Technologies\n" * 200
    for data in (content, zipped({"own.csv": content}), gzip.compress(content)):
        with pytest.raises(ListError, match="more than 300 MB"):
            read_list(data, name="large")


def test_archives_that_are_damaged_locked_or_something_else() -> None:
    packed = zipped({"own.csv": b"name\nHuawei\n"})
    for broken in (packed[:40], packed[:-10], b"PK\x03\x04" + bytes(100)):
        with pytest.raises(ListError, match="cannot be unpacked"):
            read_list(broken, name="lists.zip")
    squeezed = gzip.compress(small.UN_XML.encode())
    with pytest.raises(ListError, match="breaks off before its end"):
        read_list(squeezed[:-200], name="un.xml.gz")
    with pytest.raises(ListError, match="is damaged"):
        read_list(squeezed[:40] + b"\xff" * 40 + squeezed[80:], name="un.xml.gz")
    with pytest.raises(ListError, match="Office document"):
        read_list(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), name="own.xlsx")
    with pytest.raises(ListError, match="both lists; name one"):
        read_list(zipped({"a.csv": b"name\nA\n", "b.csv": b"name\nB\n"}), name="lists.zip")
    with pytest.raises(ListError, match="holds 65 files"):
        read_list(zipped({f"{at}.csv": b"name\nA\n" for at in range(65)}), name="lists.zip")
    with pytest.raises(ListError, match="both OFAC's primary file"):
        read_list_files({"sdn.csv": small.OFAC_PRIMARY.encode(), "cons.csv": small.OFAC_PRIMARY.encode()})
    read = read_list(
        zipped({"README.txt": b"About this list.\n", "own.csv": b"name\nHuawei\n"}), name="l.zip"
    )
    assert [party.name for party in read.parties] == ["Huawei"]


def test_a_zip_within_a_zip_is_no_list() -> None:
    with pytest.raises(ListError):
        read_list(zipped({"inner.zip": zipped({"own.csv": b"name\nHuawei\n"})}), name="outer.zip")


def test_an_encrypted_zip_is_no_list() -> None:
    packed = io.BytesIO(zipped({"own.csv": b"name\nHuawei\n"}))
    with zipfile.ZipFile(packed) as archive:
        at = archive.infolist()[0].header_offset
    locked = bytearray(packed.getvalue())
    locked[at + 6] |= 1
    central = locked.rindex(b"PK\x01\x02")
    locked[central + 8] |= 1
    with pytest.raises(ListError, match="cannot be unpacked"):
        read_list(bytes(locked), name="locked.zip")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "nothing but spaces"),
        (b"<!DOCTYPE html>\n<html><body><h1>503 Service Unavailable</h1></body></html>", "is a web page"),
        (b"\n\n<html lang='en'><head><title>Sign in</title>", "is a web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "is a web page"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "XML with <rss> outermost"),
        (b"<<<<", "begins like XML but is none"),
        (b'{"error": "no such file"}', "is JSON, but no list"),
        (b"%PDF-1.7 and so on", "is a PDF file"),
        (b"\x00\x01\x02\x03" * 50, "is binary"),
        (bytes(range(256)) * 40, "is binary"),
        (b"a,b,c\n1,2,3\n", "is no list that is known"),
        (b"1,Huawei\n2,ZTE\n", "is no list that is known"),
        (b"Dear colleague,\nattached please find nothing.\n", "is no list that is known"),
        (b"name,country\n", "holds no entries"),
        (b"<sdnList></sdnList>", "holds no entries"),
        (b'<?xml version="1.0" encoding="utf-7"?><sdnList/>', "says that it is in utf-7"),
    ],
)
def test_what_is_no_list_is_told_as_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(ListError, match=said) as raised:
        read_list(data, name="sdn.csv")
    assert str(raised.value).startswith(("sdn.csv ", "No entry of sdn.csv"))


def test_broken_utf_8_is_told_with_its_line() -> None:
    text = small.OFSI_CSV.encode() + "ÉTABLISSEMENT".encode("cp1252")
    with pytest.raises(ListError, match="UTF-8, but line 6 is not"):
        read_list(text, name="ConList.csv")
    broken = small.UN_XML.encode().replace("남천강".encode(), b"\xff\xfe\xfd")
    found = read_list(broken, name="un.xml")
    assert not found.whole
    assert [party.id for party in found.parties] == ["KPi.004"]
    assert found.problems[0].line == 20


def test_a_file_cut_within_a_character_is_cut_off_not_broken() -> None:
    text = "name,country\nHuawei,CN\nSøndergaard"
    cut = read_list(text.encode()[: text.encode().index(b"\xb8")], name="own.csv")
    assert not cut.whole
    assert [party.name for party in cut.parties] == ["Huawei"]


@pytest.mark.parametrize(
    "name",
    [
        "(a.k.a. " * 15_000,
        "?" * 120_000,
        " " * 120_000 + "(a.k.a.",
        "and the following " * 6_000,
        "X, a.k.a. " * 12_000,
        "Listing Date " * 9_000,
    ],
)
def test_text_made_to_be_slow_is_not(name: str) -> None:
    started = time.monotonic()
    row = small.csl_row(name=name, alt_names=name, addresses=name, ids=name, federal_register_notice=name)
    text = small.csl_csv(small.PANDA, row)
    assert read_list(text.encode(), name="csl.csv").parties[0].since == "2014-08-01"
    ofac = small.OFAC_PRIMARY.replace("DOB circa 1947", name.replace('"', ""))
    assert len(read_list(ofac.encode(), name="sdn.csv").parties) >= 3
    assert time.monotonic() - started < 20


def test_a_name_beyond_measure_is_a_problem() -> None:
    assert "more than 1000 characters" in problems(f"name\nHuawei\n{'A' * 2000}\n")[0].message


def test_a_file_of_problems_tells_the_first_ten_thousand() -> None:
    found = problems("name,since\nHuawei,2019\n" + "".join(f"A{at},never\n" for at in range(12_000)))
    assert len(found) == 10_001
    assert "more problems" in found[-1].message
