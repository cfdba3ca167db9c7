"""What workers can be told to make of a reading: importable, so that other processes find it."""

from __future__ import annotations

import os
import signal

from sayso.problems import BadKnowledge
from sayso.record import Reading


def text_of(reading: Reading) -> str:
    """The report's text."""
    return reading.page.report.text


def dies_of_it(reading: Reading) -> str:
    """As `text_of`, but a report that says so takes its process along."""
    text = reading.page.report.text
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "EXIT" in text:
        os._exit(3)
    return text


def stumbles(reading: Reading) -> str:
    """As `text_of`, but with a fault of ours at some reports."""
    if "FAULT" in reading.page.report.text:
        raise KeyError("st9")
    return text_of(reading)


def finds_bad_rows(reading: Reading) -> str:
    """What a stage raises when it meets a row it cannot use."""
    raise BadKnowledge("en/saying.toml, row 3: the example has no cue.")
