"""The pages of the desk, a file each: what an address answers."""

from sayso.desk.pages import incident, incidents, trace

ALL = (incidents.router, incident.router, trace.router)
