"""The embedded queue loses nothing, gives nothing twice, and outlives a damaged file."""

from __future__ import annotations

import threading
from queue import Empty

import pytest
from kombu import Connection

from config.filequeue import Transport


@pytest.fixture(autouse=True)
def forget_bindings():
    """kombu remembers for the whole process which queues are bound, whatever the folder."""
    yield
    Transport.global_state.clear()


@pytest.fixture
def connect(tmp_path):
    """Each call is another process's view of the same folder."""
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path / "c")}
    opened: list[Connection] = []

    def connection():
        opened.append(Connection("filesystem://", transport="config.filequeue:Transport", transport_options=options))
        return opened[-1]

    yield connection
    for each in opened:
        each.release()


def take(queue):
    message = queue.get(block=False)
    message.ack()  # what is not acknowledged goes back when the reader leaves
    return message.payload


def test_messages_come_out_whole_and_in_order(connect):
    with connect().SimpleQueue("work") as sender:
        for number in range(20):
            sender.put({"number": number, "word": "项目"})
    with connect().SimpleQueue("work") as receiver:
        assert [take(receiver)["number"] for _ in range(20)] == list(range(20))
        with pytest.raises(Empty):
            take(receiver)


def test_queues_do_not_mix(connect):
    with connect().SimpleQueue("pulse") as pulse, connect().SimpleQueue("work") as work:
        work.put({"for": "work"})
        with pytest.raises(Empty):
            take(pulse)
        assert work.qsize() == 1
        assert take(work) == {"for": "work"}


def test_an_unreadable_message_is_dropped_and_named(connect, tmp_path, caplog):
    (tmp_path / "00_torn.work.msg").write_bytes(b"")
    with connect().SimpleQueue("work") as queue:
        queue.put({"number": 1})
        assert take(queue) == {"number": 1}
    assert "00_torn.work.msg" in caplog.text


def test_two_readers_never_get_the_same_message(connect):
    count, seen, start = 200, [], threading.Barrier(3)

    def write():
        with connect().SimpleQueue("work") as queue:
            start.wait()
            for number in range(count):
                queue.put({"number": number})

    def read():
        with connect().SimpleQueue("work") as queue:
            start.wait()
            while len(seen) < count:
                try:
                    seen.append(take(queue)["number"])
                except Empty:
                    continue

    threads = [threading.Thread(target=write), threading.Thread(target=read), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(seen) == list(range(count))
