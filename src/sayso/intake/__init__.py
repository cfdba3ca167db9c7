"""Stage 1, bytes → Report: seal the original and get its text out."""
