"""Standard land (标准地): ``check(figures, limits) -> Answer``.

``limits`` are what a plot demands, ``figures`` what a project has, ``measures`` what each indicator compares; ``judge``
holds one against the other, exactly, and ``determination`` answers for all of them.
"""

from approvals.rules.standard_land.determination import HEADLINES, check
from approvals.rules.standard_land.figures import counted_floor_area
from approvals.rules.standard_land.limits import Limit, national_limits

__all__ = ["HEADLINES", "Limit", "check", "counted_floor_area", "national_limits"]
