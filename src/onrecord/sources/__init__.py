"""Room of sources (see docs/design.md)."""
