"""Stage 2, Report → Page: what of a report is the story, and what the report says of itself."""

from sayso.reading.page import read_page

__all__ = ["read_page"]
