"""Stage 2, Report → Page: what of a report is the story, and what the report says of itself."""
