"""``manage.py demo_accounts``: one account per role to sign in with, on a demo machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from approvals.demo.accounts import one_per_role


class Command(BaseCommand):
    help = "Print one demo account per role: role, user name, password, and what to see there."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = one_per_role()
        if not accounts:
            raise CommandError("there are no demo accounts outside the demo set-up (DEMO=1)")
        for row in accounts:
            self.stdout.write(f"{row['role']}\t{row['username']}\t{row['password']}\t{row['hint']}")
