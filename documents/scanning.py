"""Ask a virus scanner about an upload: ClamAV over its own protocol, where one is configured.

Public: ``scan``, ``rescan``. Without a scanner, or while it cannot be reached, the answer says so: nothing is called
clean that nobody has looked at.
"""

from __future__ import annotations

import logging
import socket
import struct
from dataclasses import dataclass

from django.conf import settings

from documents.models import Attachment

State = Attachment.Scan
TIMEOUT = 20  # seconds, for each step of the conversation
CHUNK = 64 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``signature``: what the scanner calls the thing it found."""

    state: Attachment.Scan
    signature: str = ""


def scan(content: bytes) -> Verdict:
    """What the scanner at ``settings.CLAMD_ADDRESS`` says (``host:port`` or ``unix:/path``)."""
    if not settings.CLAMD_ADDRESS:
        return Verdict(State.UNSCANNED)
    try:
        return _verdict(_ask(settings.CLAMD_ADDRESS, content))
    except OSError as fault:
        log.warning("the scanner at %s cannot be reached: %s", settings.CLAMD_ADDRESS, fault)
        return Verdict(State.FAILED)


def rescan(limit: int = 50) -> int:
    """Look at what came while the scanner was away. Returns how many have an answer now."""
    answered = 0
    if settings.CLAMD_ADDRESS:
        for attachment in Attachment.objects.filter(scan=State.FAILED).order_by("pk")[:limit]:
            with attachment.content.open("rb") as stored:
                verdict = scan(stored.read())
            attachment.scan, attachment.scan_signature = verdict.state, verdict.signature
            attachment.save(update_fields=["scan", "scan_signature"])
            answered += verdict.state != State.FAILED
    return answered


def _ask(address: str, content: bytes) -> str:
    """One INSTREAM conversation: chunks with their length before them, an empty one at the end."""
    with _connection(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        return _answer(connection)


def _connection(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (part := connection.recv(4096)):
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Verdict:
    """``stream: OK``, ``stream: Eicar-Signature FOUND``; everything else is an error of the scanner."""
    said = answer.partition(": ")[2]
    if said == "OK":
        return Verdict(State.CLEAN)
    if said.endswith(" FOUND"):
        return Verdict(State.INFECTED, said.removesuffix(" FOUND")[:100])
    log.warning("the scanner answered %r", answer)
    return Verdict(State.FAILED)
