"""What each format gives: parties under all their names, since when, by what law, from where."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from tests.lists import small

from onrecord.lists import ListError, Party, ReadList, read_list, read_list_files


def read(text: str, name: str = "a-file") -> ReadList:
    found = read_list(text.encode(), name=name)
    assert found.whole
    assert not found.problems
    return found


def by_id(found: ReadList) -> dict[str, Party]:
    return {party.id: party for party in found.parties}


def names(party: Party) -> list[tuple[str, str]]:
    return [(name.text, name.quality) for name in party.names]


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "format", "list"),
    [
        ("sdn.csv", "ofac-csv", "us-ofac-sdn"),
        ("sdn.xml", "ofac-xml", "us-ofac-sdn"),
        ("sdn_advanced.xml", "ofac-advanced-xml", "us-ofac-sdn"),
        ("csl-new.csv", "csl-csv", "us-csl"),
        ("csl-old.csv", "csl-csv", "us-csl"),
        ("csl.json", "csl-json", "us-csl"),
        ("un.xml", "un-xml", "un"),
        ("eu.xml", "eu-xml", "eu-fsf"),
        ("eu.csv", "eu-csv", "eu-fsf"),
        ("ConList.csv", "ofsi-csv", "uk-ofsi"),
        ("ConList.xml", "ofsi-xml", "uk-ofsi"),
        ("UK-Sanctions-List.csv", "uk-csv", "uk-sanctions-list"),
        ("UK-Sanctions-List.xml", "uk-xml", "uk-sanctions-list"),
        ("entities.ftm.json", "opensanctions-ftm", "opensanctions"),
        ("targets.simple.csv", "opensanctions-simple", "opensanctions"),
        ("own.csv", "own-csv", "own"),
    ],
)
def test_the_format_is_told_from_the_content(name: str, format: str, list: str) -> None:
    found = read(small.ALL[name], name)
    assert (found.format, found.list) == (format, list)
    content = small.ALL[name].encode()
    misnamed = read_list(content, name="https://example.org/download?id=7")
    assert misnamed.format == format
    assert misnamed.parties == found.parties
    assert read_list(gzip.compress(content), name=name + ".gz") == found
    assert read_list(zipped({name: content}), name="lists.zip") == found
    assert read_list(content, name=name, list="mine").list == "mine"
    if not small.ALL[name].startswith("<?xml"):
        assert read_list(small.ALL[name].removeprefix("\ufeff").encode("utf-16"), name=name) == found
        crlf = small.ALL[name].replace("\n", "\r\n").encode()
        assert read_list(crlf, name=name) == found


def test_ofac_s_remarks_give_weak_and_former_names_identifiers_and_dates() -> None:
    parties = by_id(read(small.OFAC_PRIMARY, "sdn.csv"))
    ocean = parties["7157"]
    assert names(ocean) == [
        ("OCEAN MARITIME MANAGEMENT COMPANY LIMITED", "primary"),
        ("OMM", "weak"),
        ("EAST SEA SHIPPING", "former"),
    ]
    assert ocean.programs == ("DPRK3", "NPWMD")
    assert ocean.since == "2016-03-16"
    assert ocean.citations == ("Executive Order 13722",)
    assert ocean.identifiers == (("Company Number", "IMO 1790183"),)
    assert ocean.countries == ("KP",)
    assert (ocean.kind, ocean.line) == ("company", 1)
    assert parties["23156"].kind == "vessel"
    assert parties["23156"].identifiers == (
        ("Call sign", "HMZC"),
        ("Vessel Registration Identification", "IMO 8898831"),
    )
    assert parties["8191"].kind == "person"
    assert parties["8191"].countries == ("KP",)


def test_remarks_that_are_cut_off_give_no_cut_off_number() -> None:
    vtb = by_id(read(small.OFAC_PRIMARY, "sdn.csv"))["17013"]
    assert [kind for kind, _ in vtb.identifiers] == ["SWIFT/BIC", "Tax ID No."]
    assert vtb.citations == ("Executive Order 13662", "Executive Order 14024")


@pytest.mark.parametrize("packed", [False, True])
def test_ofac_s_files_are_joined(packed: bool) -> None:
    parts = small.OFAC_PARTS
    found = read_list(zipped(parts), name="sdn.zip") if packed else read_list_files(parts)
    vtb = by_id(found)["17013"]
    assert names(vtb) == [
        ("VTB BANK PUBLIC JOINT STOCK COMPANY", "primary"),
        ("BANK VTB", "strong"),
        ("BANK VNESHTORGBANK", "former"),
    ]
    assert vtb.identifiers[-1] == ("Registration Number", "1027739609391")
    assert vtb.addresses == ("29, Bolshaya Morskaya str., St. Petersburg 190000, Russia",)
    assert vtb.countries == ("RU",)


def test_a_header_line_in_ofac_s_files_is_none_of_the_parties() -> None:
    header = (
        "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,"
        "Vess_flag,Vess_owner,Remarks\n"
    )
    found = read(header + small.OFAC_PRIMARY, "sdn.csv")
    assert [party.id for party in found.parties] == ["7157", "17013", "23156", "8191"]
    assert found.parties[0].line == 2


def test_the_non_sdn_list_is_told_by_its_name_or_else_by_its_programs() -> None:
    assert read(small.OFAC_PRIMARY, "cons_prim.csv").list == "us-ofac-non-sdn"
    assert read(small.OFAC_PRIMARY, "https://example.org/consolidated/SDN.CSV").list == "us-ofac-sdn"
    assert read(small.OFAC_PRIMARY, "download").list == "us-ofac-sdn"
    military = '1,"CHINA TELECOM",-0- ,"CMIC-EO13959",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    assert read(military, "download").list == "us-ofac-non-sdn"


def test_ofac_s_classic_xml() -> None:
    found = read(small.OFAC_XML)
    assert found.issued == "2023-02-03"
    vtb, kim = found.parties
    assert names(vtb)[1:] == [("VTB", "weak"), ("VNESHTORGBANK", "former")]
    assert vtb.since == "2022-02-22"
    assert vtb.identifiers == (("Tax ID No.", "7702070139"),)
    assert vtb.remarks == "Target Type Financial Institution"
    assert (kim.name, kim.kind, kim.countries) == ("KIM, Yong Chol", "person", ("KP",))
    assert small.OFAC_XML.splitlines()[kim.line - 1 : kim.line + 1] == ["  <sdnEntry>", "    <uid>8191</uid>"]


def test_ofac_s_advanced_xml() -> None:
    found = read(small.OFAC_ADVANCED)
    assert found.issued == "2024-05-20"
    ocean, kim = found.parties
    assert names(ocean) == [("OCEAN MARITIME MANAGEMENT COMPANY LIMITED", "primary"), ("OMM", "weak")]
    assert (ocean.since, ocean.programs, ocean.source) == ("2014-07-30", ("DPRK3",), "SDN List")
    assert ocean.citations == ("Executive Order 13382 (Non-proliferation)",)
    assert ocean.identifiers == (("Company Number", "IMO 1790183"),)
    assert (ocean.addresses, ocean.countries) == (("Pyongyang, KP",), ("KP",))
    assert (kim.name, kim.kind, kim.countries) == ("KIM, Yong Chol", "person", ("KP",))


def test_the_entity_list_gives_since_law_and_licence_policy() -> None:
    panda = read(small.CSL_NEW).parties[0]
    assert names(panda) == [
        ("Panda International Information Technology Co., Ltd.", "primary"),
        ("Panda International", "strong"),
        ("PIIT", "strong"),
    ]
    assert panda.source == "Entity List"
    assert panda.since == "2014-08-01"
    assert panda.citations == ("79 FR 44683", "81 FR 64694", "15 CFR 744.11")
    assert panda.countries == ("CN",)
    assert len(panda.addresses) == 2
    assert "Presumption of denial" in panda.remarks


def test_affiliates_in_a_name_belong_to_the_party_that_it_names() -> None:
    panda, huawei, longshine, vtb = read(small.CSL_NEW).parties
    assert names(huawei) == [
        ("Huawei Technologies Co., Ltd. (Huawei)", "primary"),
        ("Huawei Technologies Co., Ltd.", "strong"),
        ("Huawei", "weak"),
        ("Huawei Tech Co", "strong"),
        ("Shenzhen Huawei", "former"),
    ]
    assert longshine.name == "Beijing Huawei Longshine Information Technology Co., Ltd."
    assert longshine.affiliate_of == huawei.id
    assert panda.affiliate_of is huawei.affiliate_of is vtb.affiliate_of is None
    assert vtb.id == "SSI-17013"
    assert vtb.identifiers == (("Tax ID No.", "7702070139"),)
    assert (vtb.since, vtb.kind) == ("2022-02-22", "company")


def test_a_party_that_only_its_affiliates_name_is_a_party_too() -> None:
    longshine, huawei = read(small.csl_csv(small.LONGSHINE)).parties
    assert huawei.name == "Huawei Technologies Co., Ltd. (Huawei)"
    assert longshine.affiliate_of == huawei.id
    assert huawei.remarks == "Named in the entry of Beijing Huawei Longshine Information Technology Co., Ltd."
    assert huawei.citations == ("84 FR 22961",)


@pytest.mark.parametrize("column", ["name", "alt_names", "addresses"])
def test_affiliates_that_free_text_lists_become_parties(column: str) -> None:
    listed = "and the following two affiliates: Example Optics Co.; and Example Radio Ltd. (f.k.a. Old Radio)"
    row = small.csl_row(name="Panda Electronics Group", start_date="2014-08-01", addresses="Nanjing, CN")
    row[column] = f"{row['name']}, {listed}" if column == "name" else f"Panda; {listed}"
    group, *parts = read(small.csl_csv(row)).parties
    assert group.name == "Panda Electronics Group"
    assert [part.name for part in parts] == ["Example Optics Co.", "Example Radio Ltd."]
    assert {part.affiliate_of for part in parts} == {group.id}
    assert {part.since for part in parts} == {"2014-08-01"}
    assert names(parts[1])[1:] == [("Old Radio", "former")]
    assert not any("affiliates" in text for text in (*group.addresses, *(name.text for name in group.names)))


def test_an_affiliate_with_an_entry_of_its_own_stands_there_once() -> None:
    group = small.csl_row(
        name="Panda Electronics Group, including its following subsidiaries: Example Optics Co.; X Radio"
    )
    optics = small.csl_row(name="Example Optics Co.", start_date="2014-08-01")
    found = read(small.csl_csv(group, optics)).parties
    assert [party.name for party in found].count("Example Optics Co.") == 1
    assert found[1].affiliate_of == found[0].id


def test_old_and_new_layout_give_the_same_parties_under_the_same_ids() -> None:
    old, new = read(small.CSL_OLD), read(small.CSL_NEW)
    assert [(party.id, party.names) for party in old.parties] == [
        (party.id, party.names) for party in new.parties
    ]
    assert old.parties[3].identifiers == new.parties[3].identifiers


def test_the_screening_list_in_json() -> None:
    panda, vtb = read(small.CSL_JSON).parties
    in_csv = read(small.CSL_NEW).parties[0]
    assert (panda.id, panda.names, panda.since) == (in_csv.id, in_csv.names, in_csv.since)
    assert (panda.addresses, panda.countries) == (("Room 2, Haidian District, Beijing, CN",), ("CN",))
    assert panda.line == 4
    assert (vtb.id, vtb.identifiers) == ("SSI-17013", (("Tax ID No.", "7702070139"),))


def test_the_un_s_list() -> None:
    found = read(small.UN_XML)
    assert found.issued == "2026-02-27"
    parties = by_id(found)
    assert names(parties["KPi.004"]) == [("RI JE-SON", "primary"), ("Ri Che Son", "strong"), ("Ri", "weak")]
    assert parties["KPi.004"].identifiers == (("Passport", "654"),)
    company = parties["KPe.004"]
    assert names(company) == [
        ("NAMCHONGANG TRADING CORPORATION", "primary"),
        ("NCG", "strong"),
        ("Namhung Trading", "former"),
        ("Nam Chon Gang", "former"),
        ("남천강무역회사", "strong"),
    ]
    assert (company.since, company.until, company.countries) == ("2009-07-16", "2031-01-02", ("KP",))
    assert (company.programs, company.remarks, company.line) == (("DPRK",), "Trading company.", 16)


@pytest.mark.parametrize("text", [small.EU_XML, small.EU_CSV])
def test_the_eu_s_list(text: str) -> None:
    found = read(text)
    assert found.issued == "2022-10-28"
    bank, person = found.parties
    assert (bank.id, bank.name, bank.kind) == ("EU.8412.41", "Bank Rossiya", "company")
    assert ("Банк Россия", "strong") in names(bank)
    assert bank.since == "2022-02-25"
    assert (bank.citations, bank.programs) == (("Regulation (EU) 2022/328",), ("UKR",))
    assert (bank.countries, bank.remarks) == (("RU",), "State-owned bank")
    assert (person.name, person.kind) == ("Saddam Hussein Al-Tikriti", "person")
    assert (person.since, person.countries) == ("2003-07-07", ("IQ",))
    assert person.citations == ("Regulation (EC) No 1210/2003",)


def test_weak_names_of_the_eu_s_list() -> None:
    assert ("Rossiya", "weak") in names(read(small.EU_XML).parties[0])


def test_the_treasury_s_list_joins_the_rows_of_a_party() -> None:
    found = read(small.OFSI_CSV)
    assert found.issued == "2022-06-28"
    bank, person = found.parties
    assert names(bank) == [("BANK ROSSIYA", "primary"), ("Банк Россия", "strong"), ("ROSSIYA", "weak")]
    assert (bank.id, bank.since, bank.countries) == ("14990", "2022-03-23", ("RU",))
    assert bank.addresses == ("Rastrelli Square, St. Petersburg, 191124, Russia",)
    assert (person.name, person.kind) == ("Ghazi Hammud AL-UBAIDI", "person")
    assert person.countries == ("IQ", "IR")
    assert person.identifiers == (("Passport", "AB123"), ("Passport", "CD456"))


def test_the_treasury_s_list_in_xml() -> None:
    [bank] = read(small.OFSI_XML).parties
    assert names(bank) == [("BANK ROSSIYA", "primary"), ("ROSSIYA JSB", "former")]
    assert (bank.since, bank.kind, bank.programs) == ("2022-03-23", "company", ("Russia",))
    assert ("UK Sanctions List reference", "RUS0222") in bank.identifiers


@pytest.mark.parametrize("text", [small.UK_CSV, small.UK_XML])
def test_the_uk_sanctions_list(text: str) -> None:
    found = read(text)
    assert found.issued == "2026-10-08"
    bank = found.parties[0]
    assert (bank.id, bank.name) == ("RUS0222", "BANK ROSSIYA")
    assert {"ABR", "Банк Россия"} < {name.text for name in bank.names}
    assert (bank.since, bank.countries, bank.kind) == ("2022-02-22", ("RU",), "company")
    assert bank.citations == ("The Russia (Sanctions) (EU Exit) Regulations 2019",)


def test_ships_of_the_uk_sanctions_list() -> None:
    ship = read(small.UK_CSV).parties[1]
    assert (ship.kind, ship.identifiers) == ("vessel", (("IMO", "9339313"),))


def test_opensanctions_entities_are_those_marked_as_listed() -> None:
    panda, kim = read(small.FTM).parties
    assert names(panda) == [
        ("Panda International Information Technology Co., Ltd.", "primary"),
        ("熊猫国际", "strong"),
        ("PIIT", "weak"),
        ("Panda Info", "former"),
    ]
    assert (panda.since, panda.countries, panda.source) == ("2014-08-01", ("CN",), "us_bis")
    assert (panda.programs, panda.citations) == (("Entity List",), ("79 FR 44683",))
    assert (kim.id, kim.kind) == ("NK-2", "person")


def test_opensanctions_targets() -> None:
    panda, kim = read(small.SIMPLE).parties
    assert [name.text for name in panda.names][1:] == ["PIIT", "Panda; International", "Panda PIIT"]
    assert (panda.countries, panda.programs, panda.source) == (("CN", "HK"), ("US-BIS-EL",), "US BIS")
    assert (kim.kind, kim.countries) == ("person", ("KP",))


def test_a_list_of_one_s_own() -> None:
    found = read(small.OWN, "board/Our Watch List.csv")
    assert (found.list, found.title) == ("our-watch-list", "Our Watch List")
    panda, huawei = found.parties
    assert names(panda)[1:] == [("PIIT", "strong"), ("Panda", "weak"), ("Panda Info", "former")]
    assert (panda.id, panda.since, panda.countries) == ("p1", "2014-08-01", ("CN",))
    assert (panda.programs, panda.citations) == (("board",), ("Board minute 12",))
    assert (panda.remarks, panda.url) == ("asked legal", "https://example.org/12")
    assert (huawei.id, huawei.kind) == ("Huawei Technologies", "company")
    assert (huawei.since, huawei.until, huawei.countries) == ("2019-05-21", "2030-12-31", ("CN", "HK"))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_list_of_one_s_own_may_be_parted_otherwise(delimiter: str) -> None:
    text = f"Name{delimiter}Country\nHuawei{delimiter}CN\nZTE{delimiter}China\n"
    assert [(party.name, party.countries) for party in read(text).parties] == [
        ("Huawei", ("CN",)),
        ("ZTE", ("CN",)),
    ]


def test_a_spreadsheet_s_old_encoding_is_recognised() -> None:
    text = "name;country\nZürcher Käserei Søndergaard GmbH;Schweiz\n".replace("Schweiz", "CH")
    assert (
        read_list(text.encode("cp1252"), name="a.csv").parties[0].name == "Zürcher Käserei Søndergaard GmbH"
    )
    cyrillic = "name\nОткрытое акционерное общество Банк Россия\nЗавод имени Ленина\n"
    assert read_list(cyrillic.encode("cp1251"), name="a.csv").parties[1].name == "Завод имени Ленина"


def test_a_part_of_ofac_s_files_alone_is_no_list() -> None:
    with pytest.raises(ListError, match=r"alt\.csv is OFAC's alias file.*primary file"):
        read_list(small.OFAC_ALIASES.encode(), name="alt.csv")


_ADVANCED_PLACES = """<Sanctions>
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1403">Name</AliasType></AliasTypeValues>
    <FeatureTypeValues><FeatureType ID="10">Nationality Country</FeatureType>
      <FeatureType ID="25">Location</FeatureType>
      <FeatureType ID="900">Listing Date (CMIC)</FeatureType></FeatureTypeValues>
    <CountryValues><Country ID="7" ISO2="JP">Japan</Country></CountryValues>
    <LocPartTypeValues><LocPartType ID="1">Unknown</LocPartType><LocPartType ID="1451">ADDRESS1</LocPartType>
      <LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
    <PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
  </ReferenceValueSets>
  <Locations>
    <Location ID="80"><LocationPart LocPartTypeID="1">
      <LocationPartValue Primary="true"><Value>Venezuela</Value></LocationPartValue></LocationPart></Location>
    <Location ID="90"><LocationCountry CountryID="7"/>
      <LocationPart LocPartTypeID="1454">
        <LocationPartValue Primary="false"><Value>名古屋市</Value></LocationPartValue>
        <LocationPartValue Primary="true"><Value>Nagoya</Value></LocationPartValue></LocationPart>
      <LocationPart LocPartTypeID="1451">
        <LocationPartValue Primary="true"><Value>1 Harbour Street</Value></LocationPartValue></LocationPart>
    </Location>
  </Locations>
  <DistinctParties><DistinctParty FixedRef="9"><Profile ID="9" PartySubTypeID="4">
    <Identity ID="1"><Alias AliasTypeID="1403" Primary="true"><DocumentedName><DocumentedNamePart>
      <NamePartValue>MORA Luis</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
    <Feature FeatureTypeID="10"><FeatureVersion><VersionDetail/><VersionLocation LocationID="80"/>
    </FeatureVersion></Feature>
    <Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="90"/></FeatureVersion></Feature>
    <Feature FeatureTypeID="900"><FeatureVersion><DatePeriod><Start><From><Year>2021</Year><Month>6</Month>
      <Day>3</Day></From></Start></DatePeriod></FeatureVersion></Feature>
  </Profile></DistinctParty></DistinctParties>
</Sanctions>"""


def test_ofac_s_advanced_xml_gives_nationalities_addresses_in_order_and_listing_dates() -> None:
    [party] = read(_ADVANCED_PLACES).parties
    assert party.countries == ("VE", "JP")  # A nationality is a place whose only part is its name.
    assert party.addresses == ("1 Harbour Street, Nagoya, JP",)
    assert party.since == "2021-06-03"


def test_alias_strength_as_the_uk_sanctions_list_writes_it() -> None:
    weak = small.UK_CSV.replace(",Alias,Low quality,", ",Alias,Low quality a.k.a,")
    assert weak != small.UK_CSV
    assert ("ABR", "weak") in names(read(weak).parties[0])
    strong = small.UK_CSV.replace(",Alias,Low quality,", ",Alias,Good quality a.k.a,")
    assert ("ABR", "strong") in names(read(strong).parties[0])


def test_registration_numbers_in_the_uk_sanctions_list_in_xml() -> None:
    number = "<BusinessRegistrationNumber>1027800000084</BusinessRegistrationNumber>"
    details = (
        f"<EntityDetails><Entity><BusinessRegistrationNumbers>{number}</BusinessRegistrationNumbers></Entity>"
    )
    data = small.UK_XML.replace("<Addresses>", f"{details}</EntityDetails><Addresses>")
    assert ("Business registration number", "1027800000084") in read(data).parties[0].identifiers


@pytest.mark.parametrize(
    ("remark", "quality"),
    [("Low quality alias", "weak"), ("formerly known as", "former"), ("Good quality a.k.a.", "strong")],
)
def test_what_remarks_say_of_names_in_the_eu_s_list(remark: str, quality: str) -> None:
    data = small.EU_XML.replace(
        '<nameAlias wholeName="Банк Россия" strong="true" logicalId="2"/>',
        f'<nameAlias wholeName="Банк Россия" strong="true"><remark>{remark}</remark></nameAlias>',
    )
    assert ("Банк Россия", quality) in names(read(data).parties[0])


def test_numbers_that_the_eu_s_list_gives_in_latin_letters_only() -> None:
    data = small.EU_XML.replace('number="7831000122"', 'number="" latinNumber="7831000122"')
    assert ("Tax number", "7831000122") in read(data).parties[0].identifiers
