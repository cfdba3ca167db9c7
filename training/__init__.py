"""Trains the weights that the package carries. Nothing here is needed to read: see training/README.md."""
