"""Versions and parties of lists as the structures that JSON has (`onrecord.present`)."""

from onrecord.present import (
    changes_fields,
    listing_fields,
    party_fields,
    problem_fields,
    today,
    version_fields,
)

__all__ = ["changes_fields", "listing_fields", "party_fields", "problem_fields", "today", "version_fields"]
