"""Checks by subject: figures, days, ages, spellings. `sayso.grounding.checks` gathers them."""
