"""Small lists in every format, written as their specifications say. The parties are real and public; what is
said of them is cut to what a test needs."""

from __future__ import annotations

OFAC_PRIMARY = """\
7157,"OCEAN MARITIME MANAGEMENT COMPANY LIMITED",-0- ,"DPRK3] [NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Company \
Number IMO 1790183 (Korea, North); Listing Date (EO 13722): 16 Mar 2016; a.k.a. 'OMM'; f.k.a. 'EAST SEA \
SHIPPING'."
17013,"VTB BANK PUBLIC JOINT STOCK COMPANY",-0- ,"UKRAINE-EO13662] [RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- \
,-0- ,"SWIFT/BIC VTBRRUMM; Tax ID No. 7702070139 (Russia); Registration Numbe"
23156,"7-28","vessel","DPRK4",-0- ,"HMZC",-0- ,-0- ,-0- ,"Korea, North","YUSONG SHIPPING CO","Vessel \
Registration Identification IMO 8898831; Linked To: YUSONG SHIPPING CO."
8191,"KIM, Yong Chol","individual","DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB circa 1947; nationality Korea, \
North; Gender Male."
\x1a"""
OFAC_ALIASES = """\
17013,1,"aka","BANK VTB",-0-\x20
17013,2,"fka","BANK VNESHTORGBANK",-0-\x20
\x1a"""
OFAC_ADDRESSES = """\
17013,1,"29, Bolshaya Morskaya str.","St. Petersburg 190000","Russia",-0-\x20
7157,2,-0- ,"Pyongyang","Korea, North",-0-\x20
\x1a"""
OFAC_COMMENTS = """\
17013,"r 1027739609391 (Russia)."
\x1a"""
OFAC_PARTS = {
    "sdn.csv": OFAC_PRIMARY.encode(),
    "alt.csv": OFAC_ALIASES.encode(),
    "add.csv": OFAC_ADDRESSES.encode(),
    "sdn_comments.csv": OFAC_COMMENTS.encode(),
}

OFAC_XML = """\
<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>02/03/2023</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>17013</uid>
    <lastName>VTB BANK PUBLIC JOINT STOCK COMPANY</lastName>
    <sdnType>Entity</sdnType>
    <programList><program>RUSSIA-EO14024</program></programList>
    <idList>
      <id><uid>1</uid><idType>Tax ID No.</idType><idNumber>7702070139</idNumber><idCountry>Russia</idCountry></id>
      <id><uid>2</uid><idType>Listing Date (EO 14024 Directive 1a):</idType><idNumber>22 Feb 2022</idNumber></id>
      <id><uid>3</uid><idType>Target Type</idType><idNumber>Financial Institution</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>4</uid><type>a.k.a.</type><category>weak</category><lastName>VTB</lastName></aka>
      <aka><uid>5</uid><type>f.k.a.</type><category>strong</category><lastName>VNESHTORGBANK</lastName></aka>
    </akaList>
    <addressList>
      <address><uid>6</uid><address1>29, Bolshaya Morskaya</address1><city>St. Petersburg</city>
        <country>Russia</country></address>
    </addressList>
  </sdnEntry>
  <sdnEntry>
    <uid>8191</uid>
    <firstName>Yong Chol</firstName>
    <lastName>KIM</lastName>
    <sdnType>Individual</sdnType>
    <programList><program>DPRK</program></programList>
    <nationalityList><nationality><uid>7</uid><country>Korea, North</country></nationality></nationalityList>
  </sdnEntry>
</sdnList>
"""

OFAC_ADVANCED = """\
<?xml version="1.0" encoding="utf-8"?>
<Sanctions Version="3" xmlns="https://www.un.org/sanctions/1.0">
  <DateOfIssue CalendarTypeID="1"><Year>2024</Year><Month>5</Month><Day>20</Day></DateOfIssue>
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType>
      <AliasType ID="1403">Name</AliasType></AliasTypeValues>
    <CountryValues><Country ID="11129" ISO2="KP">Korea, North</Country></CountryValues>
    <FeatureTypeValues><FeatureType ID="25">Location</FeatureType>
      <FeatureType ID="10">Nationality Country</FeatureType></FeatureTypeValues>
    <IDRegDocTypeValues><IDRegDocType ID="1584">Company Number</IDRegDocType></IDRegDocTypeValues>
    <LegalBasisValues><LegalBasis ID="7">Executive Order 13382 (Non-proliferation)</LegalBasis></LegalBasisValues>
    <ListValues><List ID="1550">SDN List</List></ListValues>
    <LocPartTypeValues><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
    <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType>
      <NamePartType ID="1521">First Name</NamePartType></NamePartTypeValues>
    <PartySubTypeValues><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
      <PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType></PartyTypeValues>
    <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType></SanctionsTypeValues>
  </ReferenceValueSets>
  <Locations>
    <Location ID="90"><LocationCountry CountryID="11129" CountryRelevanceID="1"/>
      <LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Pyongyang</Value>
      </LocationPartValue></LocationPart></Location>
  </Locations>
  <IDRegDocuments>
    <IDRegDocument ID="70" IDRegDocTypeID="1584" IdentityID="601" IssuedBy-CountryID="11129">
      <IDRegistrationNo>IMO 1790183</IDRegistrationNo></IDRegDocument>
  </IDRegDocuments>
  <DistinctParties>
    <DistinctParty FixedRef="7157">
      <Profile ID="7157" PartySubTypeID="3">
        <Identity ID="601" Primary="true">
          <Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart>
            <NamePartValue NamePartGroupID="1">OMM</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
          <Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart>
            <NamePartValue NamePartGroupID="1">OCEAN MARITIME MANAGEMENT COMPANY LIMITED</NamePartValue>
          </DocumentedNamePart></DocumentedName></Alias>
        </Identity>
        <Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="90"/></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
    <DistinctParty FixedRef="8191">
      <Profile ID="8191" PartySubTypeID="4">
        <Identity ID="602" Primary="true">
          <Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName>
            <DocumentedNamePart><NamePartValue NamePartGroupID="2">KIM</NamePartValue></DocumentedNamePart>
            <DocumentedNamePart><NamePartValue NamePartGroupID="3">Yong Chol</NamePartValue></DocumentedNamePart>
          </DocumentedName></Alias>
          <NamePartGroups>
            <MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1520"/></MasterNamePartGroup>
            <MasterNamePartGroup><NamePartGroup ID="3" NamePartTypeID="1521"/></MasterNamePartGroup>
          </NamePartGroups>
        </Identity>
        <Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="90"/></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
  </DistinctParties>
  <SanctionsEntries>
    <SanctionsEntry ID="1" ProfileID="7157" ListID="1550">
      <EntryEvent LegalBasisID="7"><Date><Year>2014</Year><Month>7</Month><Day>30</Day></Date></EntryEvent>
      <SanctionsMeasure SanctionsTypeID="1"><Comment>DPRK3</Comment></SanctionsMeasure>
    </SanctionsEntry>
    <SanctionsEntry ID="2" ProfileID="8191" ListID="1550">
      <SanctionsMeasure SanctionsTypeID="1"><Comment>DPRK</Comment></SanctionsMeasure>
    </SanctionsEntry>
  </SanctionsEntries>
</Sanctions>
"""

_CSL = (
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
    "dates_of_birth,nationalities,places_of_birth,source_information_url,ids"
)
_ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"


def csl_row(**cells: str) -> dict[str, str]:
    """A record of the screening list with these cells; the source is the Entity List where none is given."""
    return {**dict.fromkeys(_CSL.split(","), ""), "source": _ENTITY_LIST, **cells}


def csl_csv(*rows: dict[str, str], new: bool = True) -> str:
    """Records as the list's CSV, in the new layout with `_id` or in the old one."""
    columns = ["_id"] * new + _CSL.split(",")
    lines = [",".join(columns)]
    for at, row in enumerate(rows):
        cells = {"_id": f"{at:08}", **row}
        lines.append(",".join('"{}"'.format(cells[column].replace('"', '""')) for column in columns))
    return "\n".join(lines) + "\n"


PANDA = csl_row(
    name="Panda International Information Technology Co., Ltd.",
    alt_names="Panda International; and PIIT",
    addresses="Room 2, Haidian District, Beijing, CN; 8 Science Road, Nanjing, CN",
    federal_register_notice="79 FR 44683, 81 F.R. 64694 9/20/16",
    start_date="2014-08-01",
    license_requirement="For all items subject to the EAR. (See §744.11 of the EAR).",
    license_policy="Presumption of denial",
)
HUAWEI = csl_row(
    name="Huawei Technologies Co., Ltd. (Huawei)",
    alt_names="Huawei Tech Co (f.k.a., Shenzhen Huawei)",
    addresses="Bantian Huawei Base, Shenzhen, CN",
    federal_register_notice="84 FR 22961",
    start_date="2019-05-21",
)
LONGSHINE = csl_row(
    name="Huawei Technologies Co., Ltd. (Huawei).  Affiliated Entity:  Beijing Huawei Longshine Information "
    "Technology Co., Ltd.",
    federal_register_notice="84 FR 22961",
    start_date="2019-05-21",
)
SDN_VTB = csl_row(
    source="Sectoral Sanctions Identifications List (SSI) - Treasury Department",
    entity_number="17013",
    type="Entity",
    programs="UKRAINE-EO13662; RUSSIA-EO14024",
    name="VTB BANK PUBLIC JOINT STOCK COMPANY",
    ids="Tax ID No., 7702070139, RU; Listing Date (EO 14024 Directive 1a):, 2022-02-22",
)
CSL_NEW = csl_csv(PANDA, HUAWEI, LONGSHINE, SDN_VTB)
CSL_OLD = csl_csv(PANDA, HUAWEI, LONGSHINE, SDN_VTB | {"ids": "RU, 7702070139, Tax ID No."}, new=False)

CSL_JSON = """\
{
  "total": 2,
  "results": [
    {"id": "a1", "source": "Entity List (EL) - Bureau of Industry and Security", "entity_number": null,
     "type": null, "programs": null, "name": "Panda International Information Technology Co., Ltd.",
     "alt_names": ["Panda International", "PIIT"],
     "addresses": [{"address": "Room 2, Haidian District", "city": "Beijing", "state": null,
                    "postal_code": null, "country": "CN"}],
     "federal_register_notice": "79 FR 44683", "start_date": "2014-08-01", "end_date": null,
     "license_requirement": "For all items subject to the EAR", "license_policy": "Presumption of denial"},
    {"id": "17013", "source": "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
     "entity_number": 17013, "type": "Entity", "programs": ["UKRAINE-EO13662"],
     "name": "VTB BANK PUBLIC JOINT STOCK COMPANY", "alt_names": [], "addresses": [],
     "ids": [{"type": "Tax ID No.", "number": "7702070139", "country": "RU"}]}
  ]
}
"""

UN_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>6908555</DATAID><FIRST_NAME>RI</FIRST_NAME><SECOND_NAME>JE-SON</SECOND_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.004</REFERENCE_NUMBER>
      <LISTED_ON>2009-07-16</LISTED_ON>
      <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ri Che Son</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Ri</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>654</NUMBER>
      </INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>6908629</DATAID>
      <FIRST_NAME>NAMCHONGANG TRADING CORPORATION ; NCG</FIRST_NAME>
      <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.004</REFERENCE_NUMBER>
      <NAME_ORIGINAL_SCRIPT>남천강무역회사</NAME_ORIGINAL_SCRIPT>
      <LISTED_ON>2009-07-16</LISTED_ON><DELISTED_ON>2031-01-02</DELISTED_ON>
      <COMMENTS1>Trading company.</COMMENTS1>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Namhung Trading; Nam Chon Gang</ALIAS_NAME>
      </ENTITY_ALIAS>
      <ENTITY_ADDRESS><CITY>Pyongyang</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY>
      </ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

EU_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2022-10-28T16:30:15.123+02:00">
  <sanctionEntity designationDate="" unitedNationId="" euReferenceNumber="EU.8412.41" logicalId="136520">
    <remark>State-owned bank</remark>
    <regulation regulationType="amendment" publicationDate="2022-03-09" numberTitle="2022/328 (OJ L49)"
      programme="UKR"><publicationUrl>https://eur-lex.europa.eu/eli/reg/2022/328/oj</publicationUrl></regulation>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Bank Rossiya" strong="true" function="" logicalId="1">
      <regulationSummary publicationDate="2022-02-25" numberTitle="2022/328 (OJ L49)"/></nameAlias>
    <nameAlias wholeName="Банк Россия" strong="true" logicalId="2"/>
    <nameAlias wholeName="Rossiya" strong="false" logicalId="3"/>
    <address city="St. Petersburg" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
    <identification number="7831000122" identificationTypeDescription="Tax number" countryIso2Code="RU"/>
  </sanctionEntity>
  <sanctionEntity designationDate="2003-07-07" euReferenceNumber="EU.27.28" logicalId="13">
    <regulation publicationDate="2003-07-08" numberTitle="1210/2003 (OJ L169)" programme="IRQ"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Saddam" middleName="" lastName="Hussein Al-Tikriti" wholeName="" strong="true"/>
    <citizenship countryIso2Code="IQ"/><citizenship countryIso2Code="00"/>
  </sanctionEntity>
</export>
"""

EU_CSV = "\ufeff" + """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;\
Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_PublicationDate;\
Entity_Regulation_NumberTitle;Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_WholeName;\
NameAlias_Function;Address_City;Address_CountryIso2Code;Identification_Number;\
Identification_TypeDescription;Citizenship_CountryIso2Code
28/10/2022;136520;EU.8412.41;;;State-owned bank;E;enterprise;2022-03-09;2022/328 (OJ L49);UKR;https://e.eu/x;\
Bank Rossiya;;;;;;
28/10/2022;136520;EU.8412.41;;;State-owned bank;E;enterprise;2022-02-25;2022/328 (OJ L49);UKR;https://e.eu/x;\
Банк Россия;;;;;;
28/10/2022;136520;EU.8412.41;;;;E;enterprise;2022-03-09;2022/328 (OJ L49);UKR;;;;St. Petersburg;RU;;;
28/10/2022;13;EU.27.28;;2003-07-07;;P;person;2003-07-08;1210/2003 (OJ L169);IRQ;;Saddam Hussein Al-Tikriti;;;;123;\
Passport;IQ
"""

OFSI_CSV = """\
Last Updated,28/06/2022
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,\
Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,\
National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,\
Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,\
Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID
BANK ROSSIYA,,,,,,,Банк Россия,Cyrillic,Russian,,,,,,,,,,Rastrelli Square,,,,,St. Petersburg,191124,Russia,\
(UK Sanctions List Ref):RUS0222.,Entity,Primary name,,Russia,23/03/2022,22/02/2022,24/03/2022,14990
ROSSIYA,,,,,,,,,,,,,,,,,,,,,,,,,,,,Entity,AKA,Low quality,Russia,23/03/2022,22/02/2022,24/03/2022,14990
AL-UBAIDI,Ghazi,Hammud,,,,,,,,00/00/1944,Baghdad,Iraq,(1) Iraq (2) Iran,(1) AB123 (2) CD456,,,,,,,,,,,,Iraq,,\
Individual,Primary name variation,,Iraq,26/06/2003,31/12/2020,31/12/2020,7588
"""

OFSI_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<ArrayOfFinancialSanctionsTarget xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">
  <FinancialSanctionsTarget>
    <Name6>BANK ROSSIYA</Name6><Address6>St. Petersburg</Address6><Country>Russia</Country>
    <GroupTypeDescription>Entity</GroupTypeDescription><AliasType>Primary name</AliasType>
    <RegimeName>Russia</RegimeName><DateListed>2022-03-23T00:00:00</DateListed>
    <DateDesignated>2022-02-22T00:00:00</DateDesignated><GroupID>14990</GroupID>
    <UKSanctionsListRef>RUS0222</UKSanctionsListRef>
  </FinancialSanctionsTarget>
  <FinancialSanctionsTarget>
    <Name6>ROSSIYA JSB</Name6><GroupTypeDescription>Entity</GroupTypeDescription><AliasType>FKA</AliasType>
    <RegimeName>Russia</RegimeName><DateListed>2022-03-23T00:00:00</DateListed><GroupID>14990</GroupID>
  </FinancialSanctionsTarget>
</ArrayOfFinancialSanctionsTarget>
"""

UK_CSV = """\
Report Date: 08-Oct-2026
Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,\
Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Sanctions Imposed,Other Information,\
Address Line 1,Address Line 6,Address Postal Code,Address Country,Date Designated,Nationality(/ies),IMO number
24/03/2022,RUS0222,14990,,BANK ROSSIYA,,,,,,Primary Name,,,Банк Россия,The Russia (Sanctions) (EU Exit) \
Regulations 2019,Entity,Asset freeze,,Rastrelli Square,St. Petersburg,191124,Russia,22/02/2022,,
24/03/2022,RUS0222,14990,,ABR,,,,,,Alias,Low quality,,,The Russia (Sanctions) (EU Exit) Regulations 2019,Entity,,,,,\
,,22/02/2022,,
09/05/2025,RUS2001,16100,,NS LION,,,,,,Primary Name,,,,Russia,Ship,,,,,,,09/05/2025,,9339313
"""

UK_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<Designations>
  <DateGenerated>08/10/2026</DateGenerated>
  <Designation>
    <UniqueID>RUS0222</UniqueID><OFSIGroupID>14990</OFSIGroupID>
    <Names>
      <Name><Name6>ABR</Name6><NameType>Alias</NameType></Name>
      <Name><Name6>BANK ROSSIYA</Name6><NameType>Primary Name</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>Банк Россия</NameNonLatinScript></NonLatinName></NonLatinNames>
    <RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Entity</IndividualEntityShip><DateDesignated>22/02/2022</DateDesignated>
    <Addresses><Address><AddressLine6>St. Petersburg</AddressLine6><AddressCountry>Russia</AddressCountry>
    </Address></Addresses>
  </Designation>
</Designations>
"""

FTM = """\
{"id": "NK-1", "schema": "Company", "target": true, "datasets": ["us_bis"], "properties": {"name": ["Panda \
International Information Technology Co., Ltd."], "alias": ["熊猫国际"], "weakAlias": ["PIIT"], "previousName": \
["Panda Info"], "jurisdiction": ["cn"], "registrationNumber": ["9132"]}}
{"id": "s-1", "schema": "Sanction", "properties": {"entity": ["NK-1"], "startDate": ["2014-08-01"], "program": \
["Entity List"], "provisions": ["79 FR 44683"]}}
{"id": "NK-2", "schema": "Person", "target": false, "properties": {"name": ["KIM Yong Chol"], "topics": ["sanction"]}}
{"id": "NK-3", "schema": "Company", "target": false, "properties": {"name": ["A Subsidiary Somewhere"]}}
{"id": "a-1", "schema": "Address", "properties": {"full": ["Nanjing, China"]}}
"""

SIMPLE = """\
id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,\
first_seen,last_seen,last_change
NK-1,Company,"Panda International Information Technology Co., Ltd.","PIIT;""Panda; International"";Panda PIIT",,cn;hk,"Nanjing, \
China",9132,Entity List - 2014-08-01,,,US-BIS-EL,US BIS,2021-01-01,2026-01-01,2026-01-01
NK-2,Person,KIM Yong Chol,,1947,kp,,,,,,,UN SC,2021-01-01,2026-01-01,2026-01-01
"""

OWN = """\
name,id,kind,aliases,since,until,country,program,citation,remarks,url
"Panda International Information Technology Co., Ltd.",p1,company,"PIIT; weak: Panda; f.k.a. Panda Info",2014-08-01,,\
China,board,Board minute 12,asked legal,https://example.org/12
Huawei Technologies,,,,21 May 2019,31/12/2030,CN; Hong Kong,,,,
"""

ALL: dict[str, str] = {
    "sdn.csv": OFAC_PRIMARY,
    "sdn.xml": OFAC_XML,
    "sdn_advanced.xml": OFAC_ADVANCED,
    "csl-new.csv": CSL_NEW,
    "csl-old.csv": CSL_OLD,
    "csl.json": CSL_JSON,
    "un.xml": UN_XML,
    "eu.xml": EU_XML,
    "eu.csv": EU_CSV,
    "ConList.csv": OFSI_CSV,
    "ConList.xml": OFSI_XML,
    "UK-Sanctions-List.csv": UK_CSV,
    "UK-Sanctions-List.xml": UK_XML,
    "entities.ftm.json": FTM,
    "targets.simple.csv": SIMPLE,
    "own.csv": OWN,
}
"""Every format that is read from one file, by a file name that it might have."""
