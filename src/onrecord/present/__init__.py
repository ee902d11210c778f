"""Room of present (see docs/design.md)."""
