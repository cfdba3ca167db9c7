"""Stage 8: from two tellings of one story to what changed between them, each change named, with its two stretches."""
