"""The desk: a case in the browser. Read, compare, rule."""
