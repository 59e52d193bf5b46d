"""What the name of a material says of it: whether it is made for one application alone, and whose it is.

Public API: ``is_made_for_one(name)``, ``is_personal(name)``. Data: ``data/materials.yaml``.
"""

from __future__ import annotations

from typing import Any

import yaml

from approvals.rules.editions import DATA

_RAW: dict[str, Any] = yaml.safe_load((DATA / "materials.yaml").read_bytes())


def is_made_for_one(name: str) -> bool:
    """An application form, a promise, a declaration: said of one application, and of no other project."""
    return any(word in name for word in _RAW["made_for_one"])


def is_personal(name: str) -> bool:
    """A paper of a person, such as an identity card."""
    return any(word in name for word in _RAW["personal"])
