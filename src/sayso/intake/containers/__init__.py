"""Files that hold reports: one report, as a text or a page does, or many, as mails, feeds and archives do."""

from sayso.intake.containers.opening import opened
from sayso.intake.containers.parts import Part, PartProblem

__all__ = ["Part", "PartProblem", "opened"]
