"""Stage 6: from pages to families. Which stretches of reports are one telling, and which way it was copied."""
