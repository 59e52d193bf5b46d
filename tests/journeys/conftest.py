"""The journeys are what everything else takes on trust: here every step is done."""

from __future__ import annotations

import pytest

from tests.remembered import memory


@pytest.fixture(autouse=True)
def every_step_is_done(an_empty_database: None) -> None:
    memory.forget_everything()
