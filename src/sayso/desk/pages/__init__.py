"""The pages of the desk, a file each: what an address answers."""

from sayso.desk.pages import (
    audit,
    beside,
    decisions,
    inbox,
    incident,
    incidents,
    report,
    reports,
    rule,
    saved,
    seals,
    search,
    share,
    sign_in,
    taking_in,
    trace,
)

ALL = (
    inbox.router,
    taking_in.router,
    incidents.router,
    incident.router,
    reports.router,
    report.router,
    beside.router,
    trace.router,
    share.router,
    decisions.router,
    audit.router,
    seals.router,
    rule.router,
    search.router,
    saved.router,
    sign_in.router,
)
