"""An application until it is accepted, under one name. What follows is in ``decisions`` and ``returning``."""

from approvals.services.materials import hand_in_material, waive_material
from approvals.services.receipt import accept_application, decline_application, submit_application
from approvals.services.supplements import request_supplement

__all__ = [
    "accept_application",
    "decline_application",
    "hand_in_material",
    "request_supplement",
    "submit_application",
    "waive_material",
]
