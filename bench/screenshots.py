"""Pictures for the docs, of the ledger of the example pages: `make screenshots`.

`make demo` makes the ledger; of a copy of it each part is opened in Debian's Chromium as it looks to a person
who follows three suppliers and has judged a little, and the dossier as a file.
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord import Ledger
from onrecord.client import Client
from onrecord.present import render
from onrecord.team import Team, alone
from onrecord.web import create_app

PARTS = {
    "watch": "/watch",
    "dossier": "/suppliers/Huawei",
    "review": "/review",
    "names": "/entities/Huawei",
    "search": "/search?q=Huawei",
    "audit": "/audit",
}
"""The name of a picture, and the address that it shows; `reader` is the page with most statements,
`register` a check of the example register."""
_REGISTER = Path("examples/register.csv")
_FOLLOWED = ("Huawei", "ZTE", "Ericsson")
_SIZE = {"width": 1200, "height": 900}
_SIZE_OF_FILE = {"width": 1100, "height": 1150}


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The address of a workbench of the ledger at a place."""
    with Ledger(place, create=False) as ledger, Team(place) as team, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # Nobody's name in particular stands in the pictures.
        app = create_app(ledger, team, person=alone("analyst"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _worked(client: Client) -> str:
    """Follow suppliers, judge a little, and check the example register; where the check is to be seen."""
    for supplier in _FOLLOWED:
        client.follow(supplier)
    why = "a bill is out for consultation"
    client.set_position("DK", "Huawei", "weighs-restricting", since="2020-12", why=why)
    # What stands first in the queue is what is least likely to be right.
    statement = next(client.review())["statement"]["id"]
    client.judge("reject", [statement], why="the quote does not say so")
    client.upload_register("register.csv", _REGISTER.read_bytes())
    done = client.wait(client.begin_check("register", home="DK"))
    return f"/checks/{(done['result'] or '').rpartition('/')[2]}"


def main() -> int:
    """Take the pictures of the ledger named first into the folder named second."""
    if len(sys.argv) != 3:
        print("usage: python -m bench.screenshots LEDGER FOLDER", file=sys.stderr)
        return 2
    place, folder = Path(sys.argv[1]), Path(sys.argv[2])
    browser = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if browser is None:
        print("no Chromium is installed: apt-get install chromium", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as own:
        file, copy = Path(own, "dossier.html"), Path(shutil.copy(place, own))
        with Ledger(copy, create=False) as ledger:
            file.write_text(render(ledger.dossier("Huawei"), "html"), "utf-8")
        _take(copy, file, folder, browser)
    return 0


def _take(place: Path, file: Path, folder: Path, browser: str) -> None:
    """Take the pictures of a workbench of a ledger, and of a dossier that is a file."""
    with Ledger(place, create=False) as ledger:
        fullest = max(ledger.pages(), key=lambda page: page.statements)
    with served(place) as address, sync_playwright() as playwright:
        with Client(address) as client:
            parts = {**PARTS, "reader": f"/pages/{fullest.id}", "register": _worked(client)}
        window = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = window.new_page(viewport=_SIZE, locale="en-GB", color_scheme="light")  # type: ignore[arg-type]
        for name, part in parts.items():
            tab.goto(address + part)
            tab.wait_for_load_state("networkidle")
            tab.screenshot(path=str(folder / f"workbench-{name}.png"))
            print(f"workbench-{name}.png  {part}")
        tab.set_viewport_size(_SIZE_OF_FILE)  # type: ignore[arg-type]
        tab.goto(file.as_uri())
        tab.screenshot(path=str(folder / "dossier.png"))
        window.close()


if __name__ == "__main__":
    sys.exit(main())
