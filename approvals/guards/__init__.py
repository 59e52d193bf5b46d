"""Preconditions. Each returns every ``Blocker`` at once, with its legal basis; none raises, none writes.

The transition, the service and the page ask the same function, so they cannot disagree. Guards take model instances
but import no model: models import them.
"""

from approvals.guards.agency import full_agency_blockers, matter_list_blockers
from approvals.guards.applications import acceptance_blockers, grant_blockers, submission_blockers
from approvals.guards.assessments import result_blockers
from approvals.guards.clocks import closing_blockers, extension_blockers, open_pause_blockers, pause_blockers
from approvals.guards.commencement import (
    Condition,
    commencement_blockers,
    lawful_conditions,
    permit_conditions,
)
from approvals.guards.commitment import (
    change_blockers,
    commitment_blockers,
    commitment_grant_blockers,
    notice_blockers,
)
from approvals.guards.credit import promise_bars
from approvals.guards.decisions import decision_blockers, needs_two_people, recommendation_blockers
from approvals.guards.deferral import conditional_blockers, promise_blockers
from approvals.guards.delivery import delivery_blockers
from approvals.guards.joint import (
    goes_on_together,
    joint_leaving_blockers,
    joint_outcome_blockers,
    joint_reply_blockers,
    joint_running_blockers,
    joint_start_blockers,
    own_opinion_blockers,
)
from approvals.guards.land import acquires_otherwise, standard_land_blockers
from approvals.guards.receipt import (
    BASIS_OF_GROUND,
    CORRECTED_ON_THE_SPOT,
    decline_blockers,
    late_blockers,
    reason_blockers,
    spot_blockers,
)
from approvals.guards.returning import (
    annulment_blockers,
    can_be_applied_for_again,
    reopening_blockers,
    review_return_blockers,
)
from approvals.guards.signing import agreement_blockers, intake_blockers, signing_blockers
from approvals.guards.supplements import (
    ONCE,
    correction_blockers,
    first_notice_blockers,
    items_blockers,
    revision_blockers,
    second_notice_blockers,
    waiver_blockers,
)
from approvals.guards.validity import (
    Validity,
    filing_validity,
    lapse_blockers,
    validity_extension_blockers,
    validity_of,
)

__all__ = [
    "BASIS_OF_GROUND",
    "CORRECTED_ON_THE_SPOT",
    "ONCE",
    "Condition",
    "Validity",
    "acceptance_blockers",
    "acquires_otherwise",
    "agreement_blockers",
    "annulment_blockers",
    "can_be_applied_for_again",
    "change_blockers",
    "closing_blockers",
    "commencement_blockers",
    "commitment_blockers",
    "commitment_grant_blockers",
    "conditional_blockers",
    "correction_blockers",
    "decision_blockers",
    "decline_blockers",
    "delivery_blockers",
    "extension_blockers",
    "filing_validity",
    "first_notice_blockers",
    "full_agency_blockers",
    "goes_on_together",
    "grant_blockers",
    "intake_blockers",
    "items_blockers",
    "joint_leaving_blockers",
    "joint_outcome_blockers",
    "joint_reply_blockers",
    "joint_running_blockers",
    "joint_start_blockers",
    "lapse_blockers",
    "late_blockers",
    "lawful_conditions",
    "matter_list_blockers",
    "needs_two_people",
    "notice_blockers",
    "open_pause_blockers",
    "own_opinion_blockers",
    "pause_blockers",
    "permit_conditions",
    "promise_bars",
    "promise_blockers",
    "reason_blockers",
    "recommendation_blockers",
    "reopening_blockers",
    "result_blockers",
    "review_return_blockers",
    "revision_blockers",
    "second_notice_blockers",
    "signing_blockers",
    "spot_blockers",
    "standard_land_blockers",
    "submission_blockers",
    "validity_extension_blockers",
    "validity_of",
    "waiver_blockers",
]
