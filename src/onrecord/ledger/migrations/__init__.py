"""The ledger's schema from version to version (Alembic), run when a ledger is opened."""
