"""Room of cli (see docs/design.md)."""
