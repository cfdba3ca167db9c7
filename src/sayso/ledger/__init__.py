"""The ledger: keeps sealed reports, readings, families, incidents and decisions. SQLite by default, PostgreSQL by URL."""
