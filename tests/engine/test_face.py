"""What a user of the library writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import onrecord


def test_the_example_of_the_design(pages: Path, tmp_path: Path) -> None:
    from onrecord import Ledger, read

    with Ledger(f"sqlite:///{tmp_path}/record.db") as ledger:
        read(str(pages), into=ledger)
        dossier = ledger.dossier("Huawei", as_of="2019-03-02")
    assert dossier.supplier.key == "Huawei"
    assert dossier.as_of == "2019-03-02"
    assert {source.published for source in dossier.sources} <= {"2019-03-01", "2019-03-02", None}
    assert dossier.lines


def test_every_public_name_is_there() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
        assert name in dir(onrecord)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = onrecord.nonsense


def test_importing_the_package_loads_no_room() -> None:
    rooms = "('onrecord.', 'sqlalchemy', 'spacy')"
    program = f"import sys, onrecord; print([name for name in sys.modules if name.startswith({rooms})])"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"
