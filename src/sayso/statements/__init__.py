"""Stage 4, Page and Grounds → Statements: who says what, by what act, through which channel."""
