"""Room of engine (see docs/design.md)."""
