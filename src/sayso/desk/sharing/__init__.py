"""What of a case is handed on: one incident or one claim as a folder of pages that nothing can change or call home."""
