"""Which materials may come later in the demonstration. Invented, as the source says: no official list was found."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Organisation
from approvals.models import DeferrableMaterial, Matter

SINCE = date(2026, 1, 1)
SOURCE = "演示数据，不是官方公布的容缺目录"
MATTERS = ("R04", "R06")  # the last material of each


def build_deferrables(province: Organisation) -> None:
    for matter in Matter.objects.filter(code__in=MATTERS, in_force_until=None):
        DeferrableMaterial.objects.get_or_create(
            organisation=province,
            matter_code=matter.code,
            material=matter.materials[-1],
            until_on=None,
            defaults={"source": SOURCE, "from_on": SINCE},
        )
