"""Following and alerts at the command line: from a page that is read to a message that arrives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.x509 import RFC822Name
from tests.alerts.conftest import Told, hook
from tests.certificates import authority, issued
from tests.cli.conftest import PAGES
from typer.testing import Result

from onrecord.cli._failure import Code

__all__ = ["hook"]

Command = Callable[..., Result]


def test_from_a_page_that_is_read_to_a_message(onrecord: Command, tmp_path: Path, hook: Told) -> None:
    first, second = (tmp_path / name for name in PAGES)
    for page in (first, second):
        page.write_text(PAGES[page.name], "utf-8")
    onrecord("read", second)
    assert onrecord("follow", "Nobody").exit_code == Code.NOT_FOUND
    assert onrecord("follow", "huawei").exit_code == 0
    added = onrecord("alerts", "channels", "add", hook.url, "--language", "nl")
    assert added.stdout.startswith("whsec_")
    assert onrecord("alerts", "channels", "add", "nobody").exit_code == Code.USAGE
    assert onrecord("alerts", "channels", "add", hook.url).exit_code == Code.USAGE
    assert onrecord("alerts", "channels", "test", "1").exit_code == 0
    onrecord("read", first)
    assert "Telenor" in onrecord("following").stdout
    dry = onrecord("alerts", "run", "--dry-run", "--public-url", "https://record.example.org")
    assert "https://record.example.org/statements/" in dry.stdout
    hook.answers = [500]
    assert onrecord("alerts", "run").exit_code == Code.NOT_SENT
    told = json.loads(onrecord("alerts", "status", "--format", "json").stdout)["channels"][0]
    assert (told["waiting"], told["error"]) == (1, "127.0.0.1 answered 500.")
    done = json.loads(onrecord("alerts", "run", "--format", "json").stdout)
    assert (done["moved"], done["messages"], done["waiting"]) == (0, [], 1)
    assert onrecord("unfollow", "Huawei").exit_code == 0
    assert onrecord("unfollow", "Huawei").exit_code == Code.NOT_FOUND
    assert onrecord("alerts", "channels", "remove", "1").exit_code == 0
    assert onrecord("alerts", "channels", "remove", "1").exit_code == Code.NOT_FOUND
    assert json.loads(hook.got[1][1])["language"] == "nl"


def test_settings_that_cannot_be_used_are_told(
    onrecord: Command, tmp_path: Path, ledger: Path, pages: Path
) -> None:
    onrecord("read", pages)
    assert ledger.exists()
    file = tmp_path / "alerts.yaml"
    file.write_text("smtp_host: mail.example.org\n")
    answer = onrecord("alerts", "run", "--config", file)
    assert answer.exit_code == Code.USAGE
    assert "smtp_from" in answer.stderr


def test_a_certificate_that_ends_soon_is_told_at_each_pass_and_none_is_needed_to_add_a_channel(
    onrecord: Command, tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    onrecord("read", pages)
    issued(authority(), RFC822Name("record@example.org"), days=(-300, 9)).write(tmp_path)
    file = tmp_path / "alerts.yaml"
    file.write_text(
        "smtp_host: 127.0.0.1\nsmtp_from: record@example.org\n"
        "smime_certificate: own.pem\nsmime_key: own.key\n"
    )
    answer = onrecord("alerts", "run", "--config", file)
    assert answer.exit_code == 0
    assert "expires on" in answer.stderr
    (tmp_path / "own.key").unlink()
    monkeypatch.setenv("ONRECORD_ALERTS", str(file))
    answer = onrecord("alerts", "run")
    assert (answer.exit_code, "smime_key cannot be read" in answer.stderr) == (Code.USAGE, True)
    assert onrecord("alerts", "channels", "add", "desk@example.org").exit_code == 0
