"""Dates as mails, feeds and archives write them, in ISO form with the zone they were written in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

LONGEST = 100
DIGITS = re.compile(r"\d{14}|\d{13}")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def iso(value: object) -> str | None:
    """A date or date-time in ISO form, or None where the words are no date known here.

    Read are ISO 8601, the dates of mails and RSS (`Fri, 16 Sep 2022 23:30:00 -0400`), the 14 digits of web archives,
    and milliseconds since 1970 in 13 digits. The zone stays as written, so the day is the day that the sender had.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    words = value.strip()
    if DIGITS.fullmatch(words):
        return _of_digits(words)
    return _of_iso(words) or _of_mail(words)


def _of_iso(words: str) -> str | None:
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    if ISO_DAY.fullmatch(words):
        return found.date().isoformat()
    return found.isoformat()


def _of_mail(words: str) -> str | None:
    try:
        found = parsedate_tz(words)
        if found is None:
            return None
        zone = None if found[9] is None else timezone(timedelta(seconds=found[9]))
        return datetime(*found[:6], tzinfo=zone).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_digits(words: str) -> str | None:
    try:
        if len(words) == 14:
            return datetime.strptime(words, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
        return datetime.fromtimestamp(int(words) / 1000, tz=UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def moment(value: object) -> datetime | None:
    """The same as a point in time, for comparing; a time without a zone is taken as UTC."""
    found = iso(value)
    if found is None:
        return None
    read = datetime.fromisoformat(found)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
