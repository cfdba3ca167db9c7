"""Sayso: what was said to have happened, on whose say-so, and who else says so.

The public names are resolved when first used, so that `import sayso.record` loads no model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Reading", "__version__", "check", "new_case", "open_case", "read", "read_bytes", "read_text"]

if TYPE_CHECKING:
    from sayso.record import Reading
    from sayso.work.case import new_case, open_case
    from sayso.work.here import check, read, read_bytes, read_text

_HOMES = {
    "check": "sayso.work.here",
    "new_case": "sayso.work.case",
    "open_case": "sayso.work.case",
    "read": "sayso.work.here",
    "read_bytes": "sayso.work.here",
    "read_text": "sayso.work.here",
    "Reading": "sayso.record",
}


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
