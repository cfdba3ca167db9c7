"""The ledger: keeps reports, readings, families, incidents and decisions. SQLite by default, PostgreSQL by URL."""
