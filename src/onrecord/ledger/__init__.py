"""Room of ledger (see docs/design.md)."""
