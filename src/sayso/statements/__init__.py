"""Stage 4, Page and Grounds → Statements: who says what, by what act, through which channel."""

from sayso.statements.find import find_statements

__all__ = ["find_statements"]
