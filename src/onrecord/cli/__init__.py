"""The command line: `onrecord`, one module for each command (docs/cli.md)."""

from onrecord.cli._app import app, main

__all__ = ["app", "main"]
