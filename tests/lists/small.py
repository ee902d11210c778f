"""Small lists in every format, written as their specifications say: `data/`, and the screening list made of
records. The parties are real and public; what is said of them is cut to what a test needs."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _text(name: str) -> str:
    return (_DATA / name).read_bytes().decode()


OFAC_PRIMARY = _text("sdn.csv")
OFAC_ALIASES = _text("alt.csv")
OFAC_ADDRESSES = _text("add.csv")
OFAC_COMMENTS = _text("sdn_comments.csv")
OFAC_XML = _text("sdn.xml")
OFAC_ADVANCED = _text("sdn_advanced.xml")
CSL_JSON = _text("csl.json")
UN_XML = _text("un.xml")
EU_XML = _text("eu.xml")
EU_CSV = _text("eu.csv")
OFSI_CSV = _text("ConList.csv")
OFSI_XML = _text("ConList.xml")
UK_CSV = _text("UK-Sanctions-List.csv")
UK_XML = _text("UK-Sanctions-List.xml")
FTM = _text("entities.ftm.json")
SIMPLE = _text("targets.simple.csv")
OWN = _text("own.csv")
OFAC_PARTS = {
    "sdn.csv": OFAC_PRIMARY.encode(),
    "alt.csv": OFAC_ALIASES.encode(),
    "add.csv": OFAC_ADDRESSES.encode(),
    "sdn_comments.csv": OFAC_COMMENTS.encode(),
}

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
