"""On Record: what is said about technology suppliers, by whom, in whose words."""
