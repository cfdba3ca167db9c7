"""One file a format that readings go out in."""
