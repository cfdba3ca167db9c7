"""Measures accuracy and speed. Nothing here is part of the package."""
