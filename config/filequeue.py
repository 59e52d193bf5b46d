"""The queue of the embedded set-up: one file per message, in a folder.

kombu's own file-system transport writes a message where readers already look for it. A worker that looks in that
moment reads half a message and dies of it. Here a message appears whole or not at all, and whoever renames it first
has it. A message taken by a worker that is killed is gone; the outbox knows, and the sweep sends it again.
"""

from __future__ import annotations

import logging
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils import json

log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        # Zero-padded nanoseconds: names sort by age, over restarts too.
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        hidden = Path(self.data_folder_out, f".{name}")
        hidden.write_text(json.dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
        hidden.rename(hidden.with_name(name))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in self._waiting(queue):
            taken = path.with_name(f".taken.{path.name}")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            content = taken.read_text(encoding="utf-8")
            taken.unlink()
            try:
                return json.loads(content)  # type: ignore[no-untyped-call]
            except ValueError:  # a disk that was full, or a machine that fell: not worth a worker's life
                log.exception("dropped an unreadable message: %s", path.name)
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _waiting(self, queue: str) -> list[Path]:
        """The messages of one queue, oldest first. The part of a name before its first dot has none of its own."""
        folder = Path(self.data_folder_in)
        return sorted(path for path in folder.iterdir() if path.name.partition(".")[2] == f"{queue}.msg")


class Transport(filesystem.Transport):
    Channel = Channel
