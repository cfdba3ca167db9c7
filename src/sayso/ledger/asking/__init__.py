"""Asking a case: how pages, exports and programs read what is kept. Nothing here changes what was said."""
