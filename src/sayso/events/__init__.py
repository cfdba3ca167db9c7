"""Stage 5, Page and Statements → Events: what is told to have happened or not, and by whom."""
