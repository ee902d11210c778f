"""Names in other scripts: the Latin forms that a register or list may hold them under."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.entities.matching import Script, latin_form_like, latin_forms, script_of, skeleton

PAIRS = Path(__file__).parents[3] / "bench" / "data" / "scripts.csv"


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Société Générale", "latin"),
        ("Nokia – Networks", "latin"),
        ("ＡＢＣ", "latin"),
        ("", "latin"),
        ("华为技术有限公司", "chinese"),
        ("TCL科技集团", "chinese"),
        ("富士通株式会社", "japanese"),
        ("ソニー", "japanese"),
        ("삼성전자", "korean"),
        ("ПАО «Газпром»", "cyrillic"),
        ("Πλαίσιο Computers", "greek"),
        ("بانک ملی ایران", "arabic"),
        ("בנק לאומי", "hebrew"),
        ("ธนาคารกรุงเทพ", "other"),
    ],
)
def test_a_name_is_told_by_its_script(name: str, script: Script) -> None:
    assert script_of(name) == script


@pytest.mark.parametrize(
    ("name", "form"),
    [
        # places, words of business and legal forms in English, the brand in pinyin
        ("珠海振戎公司", "Zhuhai Zhenrong Company"),
        ("上海依图网络科技有限公司", "Shanghai Yitu Network Technology Co., Ltd."),
        ("福建省晋华集成电路有限公司", "Fujian Jinhua Integrated Circuit Co., Ltd."),
        ("哈尔滨工程大学", "Harbin Engineering University"),
        # a character with two readings has that of names
        ("长鑫存储技术有限公司", "Changxin Memory Technology Co., Ltd."),
        # numbered institutes, in figures of either kind
        (
            "中国电子科技集团公司第七研究所",
            "China Electronics Technology Group Corporation 7th Research Institute",
        ),
        ("某某集团第三十研究所", "Moumou Group 30th Research Institute"),
        ("某某集团第722研究所", "Moumou Group 722nd Research Institute"),
        # brackets of both widths part words
        ("江南造船（集团）有限责任公司", "Jiangnan Shipyard Group Co., Ltd."),
        # traditional characters: as Hong Kong and Taiwan spell them, too
        ("新鴻基地產發展有限公司", "Sun Hung Kai Properties Development Co., Ltd."),
        ("東和鋼鐵企業股份有限公司", "Tung Ho Iron and Steel Enterprise Co., Ltd."),
        # Latin letters in a Chinese name stay
        ("TCL科技集团股份有限公司", "TCL Technology Group Co., Ltd."),
    ],
)
def test_chinese_names(name: str, form: str) -> None:
    assert form in latin_forms(name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ООО «Ромашка»", "Romashka LLC"),
        ("Тульский оружейный завод", "Tula Arms Plant"),
        # words in any case and gender, joined by hyphens or not
        ("Объединённая судостроительная корпорация", "United Shipbuilding Corporation"),
        ("Московский физико-технический институт", "Moscow Physics and Technology Institute"),
        # an adjective of a place that is not listed
        ("Зеленодольский завод", "Zelenodolsk Plant"),
        # named after a person, who stands in the genitive
        ("Завод имени Хруничева", "Works Khrunichev"),
        # spelled as the language has it
        ("Харківський тракторний завод", "Kharkiv Tractor Plant"),
        ("ПрАТ «Гонта»", "Honta PrJSC"),
        ("«Арсенал» АД", "Arsenal AD"),
        ("Телеком Србија а.д.", "Telecom Serbia AD"),
        ("Телеком Србија а.д.", "Telekom Srbija AD"),
    ],
)
def test_names_in_cyrillic(name: str, form: str) -> None:
    assert form in latin_forms(name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Ελληνική Αεροπορική Βιομηχανία Α.Ε.", "Hellenic Aerospace Industry S.A."),
        ("ΕΘΝΙΚΗ ΤΡΑΠΕΖΑ ΤΗΣ ΕΛΛΑΔΟΣ", "National Bank Greece"),
        ("Πανεπιστήμιο Πατρών", "University Patras"),
        ("Μπάμπης Ντίνος", "Bampis Ntinos"),
        ("بنك الكويت الوطني", "Bank Kuwait National"),
        ("مصرف الراجحي", "Bank Al Rajhi"),
        ("أجنحة الشام للطيران", "Wings Cham Airlines"),
        ("شرکت ملی نفت ایران", "Company National Oil Iran"),
        ("دانشگاه صنعتی شریف", "University of Technology Sharif"),
        ('בנק לאומי לישראל בע"מ', "Bank Leumi Israeli B.M."),
        ("トヨタ自動車株式会社", "Toyota Motor Corporation"),
        ("株式会社ニコン", "Corporation Nikon"),
        ("LG전자 주식회사", "LG Electronics Co., Ltd."),
    ],
)
def test_names_in_other_scripts(name: str, form: str) -> None:
    assert form in latin_forms(name)


def test_names_of_persons_are_not_put_into_english() -> None:
    """A word that would mean "new" or "gold" in a company's name is a person's own name here."""
    assert any("Muhammad" in form and "Jadid" in form for form in latin_forms("محمد جديد"))
    assert "Habibullah" in latin_forms("حبيب الله")
    assert any(form.startswith("Ali ") for form in latin_forms("علي صالح"))


def test_a_latin_name_comes_back_alone() -> None:
    assert latin_forms("  Nokia   Oyj ") == ("Nokia Oyj",)
    assert latin_forms("Société Générale") == ("Société Générale",)
    assert latin_forms("") == ()
    assert latin_forms(" \n") == ()


def test_what_cannot_be_spelled_comes_back_as_it_is() -> None:
    assert latin_forms("\ue000 \ue001") == ("\ue000 \ue001",)
    assert latin_forms("\ud800") == ("\ud800",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gazprom", "Hazprom"),
        ("Yandex", "Yandeks"),
        ("Ukrzaliznytsia", "Ukrzaliznytsya"),
        ("Al-Qaida", "Al Qaeda"),
        ("Mobarakeh", "Mabarake"),
        ("Orascom", "Orasakum"),
        ("Srbija", "Srbia"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Rosneft", "Transneft"), ("Tula", "Tver"), ("Sany", "Sunway")])
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("name", "other", "form"),
    [
        # of several English words the one that the other has
        ("北京理工大学", "Beijing Institute of Technology", "Beijing Institute of Technology"),
        (
            "浙江大华技术股份有限公司",
            "Zhejiang Dahua Technologies Ltd",
            "Zhejiang Dahua Technologies Co., Ltd.",
        ),
        # the other spelling of one name
        ("АТ «Укрзалізниця»", "JSC Ukrzaliznytsia", "Ukrzaliznytsia JSC"),
        ("مصرف الرافدين", "Rafidain Bank", "Bank Rafidain"),
        # another brand stays another, and what the other has more is not added
        (
            "天津飞腾信息技术有限公司",
            "Tianjin Haiguang Information Technology",
            "Tianjin Feiteng Information Technology",
        ),
        ("ПАО «Роснефть»", "Transneft", "Rosneft PJSC"),
    ],
)
def test_the_form_that_comes_nearest(name: str, other: str, form: str) -> None:
    assert latin_form_like(name, other).removesuffix(" Co., Ltd.") == form.removesuffix(" Co., Ltd.")


def test_a_latin_name_has_no_other_form() -> None:
    assert latin_form_like("Huawei", "Huawei Technologies") == ""


def test_every_name_of_the_bench_has_forms_in_plain_letters() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        names = [row["other"] for row in csv.DictReader(file)]
    for name in names:
        forms = latin_forms(name)
        assert forms
        assert all(form.isascii() and form.strip() == form and any(map(str.isalpha, form)) for form in forms)
        assert len(set(forms)) == len(forms) <= 7


_LETTERS = st.characters()
_ALPHABETS = st.sampled_from(
    "华为技术有限公司第十七研究所市股份（）ПАОзаводїіў«»ъΕΛΛΑΔΟΣάς"
    "شركةالوطنيةپکגזבע״מ株式会社ソニー한국전자 .-'\"A1"
)


@given(st.text(st.one_of(_LETTERS, _ALPHABETS), max_size=60))
def test_any_text_has_forms_and_the_same_ones_each_time(name: str) -> None:
    forms = latin_forms(name)
    assert forms == latin_forms(name)
    assert len(set(forms)) == len(forms)
    assert all(form == " ".join(form.split()) and form for form in forms)
    assert bool(forms) == bool(name.split())
    for form in forms:
        if script_of(form) == "latin":
            assert latin_forms(form) == (form,)


@given(st.text(_ALPHABETS, max_size=40), st.text(max_size=40))
def test_any_two_names_may_be_fitted(name: str, other: str) -> None:
    form = latin_form_like(name, other)
    assert form == latin_form_like(name, other)
    assert form.isascii()
    assert isinstance(skeleton(form), str)
