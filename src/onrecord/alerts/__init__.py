"""Alerts: what moved for the suppliers that somebody follows, told once, where and when they want it."""
