"""The pages of the desk, a file each: what an address answers."""

from sayso.desk.pages import beside, decisions, incident, incidents, report, reports, rule, search, share, trace

ALL = (
    incidents.router,
    incident.router,
    reports.router,
    report.router,
    beside.router,
    trace.router,
    share.router,
    decisions.router,
    rule.router,
    search.router,
)
