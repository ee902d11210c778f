"""A check made by hand, with a finding of every kind."""

from __future__ import annotations

from onrecord.exposure import BadLine, Check, Finding, Looked, Register, RegisterLine, Step

REGISTER = Register(
    (
        RegisterLine(2, "D-1", "deployment", "Huawei Technologies", operator="TDC", state="DK", layer="core"),
        RegisterLine(3, "3", "supplier", "Panda International Information Technology Co., Ltd.", state="CN"),
        RegisterLine(4, "S-9", "shipment", "A & B <Ltd>", state="IR", goods="routers", us_share=0.125),
        RegisterLine(5, "5", "customer", "Nobody of Note", note="=HYPERLINK(1)"),
        RegisterLine(6, "6", "partner", "Panda Deutschland GmbH", state="DE"),
    ),
    remarks=("Left out as the template's own examples: 4.",),
)

FINDINGS = (
    Finding(
        "f1",
        2,
        "restriction",
        "Huawei",
        "Denmark's operator TDC does not use Huawei in its core network.",
        "2019-03",
        statements=("s1", "s2"),
        origins=2,
        words_of=("DK", "TDC"),
        new=True,
    ),
    Finding(
        "f2",
        2,
        "chain",
        "Panda International",
        "Worked in North Korea with a listed party.",
        "2014-08-01",
        steps=(
            Step("Huawei", "partnership", "Panda International", ("s3",)),
            Step("Panda International", "listed as", "Panda International Information Technology Co., Ltd."),
        ),
        statements=("s3",),
        origins=1,
        words_of=("The Washington Post",),
        source="US Consolidated Screening List, 2026-11-01",
        citation="79 FR 44683",
    ),
    Finding(
        "f3",
        3,
        "list-hit",
        "Panda International Information Technology Co., Ltd.",
        "Stands on the Entity List.",
        "2014-08-01",
        source="US Consolidated Screening List, 2026-11-01",
        citation="79 FR 44683",
        score=0.987,
        explanation="exact; Co., Ltd. = Co Ltd",
    ),
    Finding(
        "f4",
        6,
        "affiliate-hit",
        "Panda International Information Technology Co., Ltd.",
        "Bears the name of a listed party.",
        source="US Consolidated Screening List, 2026-11-01",
        score=0.71,
    ),
    Finding(
        "f5",
        4,
        "rule",
        "IR",
        "Above 10 % of US content, an export to Iran needs a licence.",
        source="us-de-minimis 2026-10-15",
        citation="15 CFR 734.4(c)",
    ),
    Finding(
        "f6",
        4,
        "case",
        "A & B <Ltd>",
        "A licence was applied for.",
        "2020",
        statements=("s4",),
        origins=1,
        words_of=("US",),
    ),
    Finding(
        "f7",
        4,
        "dispute",
        "A & B <Ltd>",
        "Accused of breach of sanctions; it denies that.",
        statements=("s5", "s6"),
        origins=2,
    ),
    Finding(
        "f8",
        4,
        "permission",
        "A & B <Ltd>",
        "Canada permits it.",
        "2021-05-05",
        statements=("s7",),
        origins=1,
        words_of=("CA",),
    ),
)

LOOKED = (
    Looked("US Consolidated Screening List", "list", "2026-11-01", 27, 22_345),
    Looked("eu-fsf", "list", None, None, 5_811),
    Looked("record", "record", "2026-11-27", 1, 1_234),
    Looked("us-de-minimis", "rules", "2026-10-15", 44, 3),
)

CHECK = Check(
    as_of="2026-11-28",
    lines=5,
    findings=FINDINGS,
    looked=LOOKED,
    unseen=("Nothing is on record about Nobody of Note.", "The UN list was never added."),
    bad=(BadLine(7, "State", "'Narnia' is no state known here"), BadLine(8, None, "has 3 cells")),
    gone=(Finding("f0", 3, "case", "Panda", "A suit was open."),),
    last="2026-11-01",
)
