"""A record whose state only moves through its transitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin

from approvals.errors import Blocker, GuardFailed


class StatefulModel(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A record whose state only moves through its transitions, one writer at a time.

    django-fsm-2 4.2.4 makes ``refresh_from_db`` work by switching ``protected`` off on the *field*,
    for every thread, and never back on if the row is gone. Forgetting our own value does the same
    job for this instance alone: a protected field may be set once.
    """

    class Meta:
        abstract = True

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        for name in self._get_protected_fsm_fields():
            self.__dict__.pop(name, None)
        super(FSMModelMixin, self).refresh_from_db(*args, **kwargs)
        self._update_initial_state()


def require(blockers: Iterable[Blocker], message: str) -> None:
    """Refuse inside a transition: django-fsm changes the state only after the method has returned.

    Raises:
        GuardFailed: with every blocker, where there is one.
    """
    if found := tuple(blockers):
        raise GuardFailed(message, blockers=found)
