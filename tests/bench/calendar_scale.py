"""How long a calendar takes over 300 projects with twelve accepted applications each. Not collected by pytest.

    DATABASE_URL=… python manage.py migrate && DATABASE_URL=… python -m tests.bench.calendar_scale

in an empty scratch database. The goal for the preview is 5 s.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from approvals.models import Application, LocalParameter, Matter  # noqa: E402
from approvals.selectors.calendar_changes import preview  # noqa: E402
from approvals.services import calendars  # noqa: E402
from approvals.services.calendar_batches import advance_calendar  # noqa: E402
from approvals.services.clocks import store_limits  # noqa: E402
from approvals.services.projects import Registration, register_project  # noqa: E402
from tests.world import SINCE, World, build_world  # noqa: E402

PROJECTS, EACH, ON = 300, 12, date(2026, 12, 20)
NOTICE = "2027-01-01 rest 元旦\n2027-01-04 rest 元旦"


def fill(world: World) -> None:
    permits = Matter.objects.in_force(ON).filter(is_permit=True).exclude(statutory_days=None).order_by("pk")[:EACH]
    LocalParameter.objects.create(
        code="internal_working_days", organisation=world.county, value="8", source="测量", from_on=SINCE
    )
    for number in range(PROJECTS):
        registration = Registration(f"测量项目{number}", world.zone, world.enterprise, "2110")
        project = register_project(registration, by=world.owner, on=date(2026, 11, 2))
        for offset, matter in enumerate(permits):
            day = date(2026, 12, 1) + timedelta(days=(number + offset) % 18)
            dates = dict.fromkeys(("opened_on", "submitted_on", "received_on", "accepted_on"), day)
            application = Application.objects.create(
                project=project,
                matter=matter,
                department=world.bureau,
                applicant=world.enterprise,
                state="accepted",
                accepted_by=world.approver,
                **dates,
            )
            store_limits(application)


def main() -> None:
    world = build_world()
    fill(world)
    change = calendars.draft_calendar(by=world.administrator, on=ON, year=2027, text=NOTICE, source="测量")
    began = time.perf_counter()
    found = preview(change, on=ON)
    print(f"preview: {time.perf_counter() - began:.2f} s, {len(found.moved)} limits move")
    calendars.apply_calendar(change.pk, by=world.administrator, on=ON)
    began, batches, longest = time.perf_counter(), 0, 0.0
    more = True
    while more:
        start = time.perf_counter()
        more = advance_calendar(change.pk)
        batches, longest = batches + 1, max(longest, time.perf_counter() - start)
    print(f"moving: {time.perf_counter() - began:.1f} s in {batches} batches, the longest {longest:.2f} s")


if __name__ == "__main__":
    main()
