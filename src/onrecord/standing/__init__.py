"""Room of standing (see docs/design.md)."""
