"""Runs the journey: here, in one process, or over several."""
