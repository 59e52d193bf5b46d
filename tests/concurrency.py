"""Two people at once: real threads, real connections, one barrier."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import connection


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run every act in its own thread, all released together; returns results or the exceptions they raised."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            results[index] = act()
        except Exception as fault:
            results[index] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "deadlock"
    return results


def losers(results: Sequence[object]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]
