"""Energy review (节能审查): ``classify(facts, on) -> Answer``.

``units``, ``coefficients`` and ``lines`` make the energy table, ``basis`` the consumption that counts, ``match`` holds
it against the thresholds and ``determination`` answers; ``authority`` names the reviewer, ``lifecycle`` what follows.
"""

from approvals.rules.energy.determination import EXEMPT, REVIEWED, classify, duties_at

__all__ = ["EXEMPT", "REVIEWED", "classify", "duties_at"]
