"""Stage 1, bytes → Report: seal the original and get its text out."""

from sayso.intake.files import Found, file_bytes, open_report, walk
from sayso.intake.seal import LIMIT, sealed

__all__ = ["LIMIT", "Found", "file_bytes", "open_report", "sealed", "walk"]
