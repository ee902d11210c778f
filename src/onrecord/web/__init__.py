"""Web: the workbench and the HTTP interface to a ledger."""
