"""Stage 1, bytes → Report: seal the original and get its text out."""

from sayso.intake.seal import sealed

__all__ = ["sealed"]
