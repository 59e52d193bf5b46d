"""Ask ``/healthz`` from outside, for ``script/serve`` and the containers' health checks.

python -m config.probe http://localhost:8000                     can pages be served?
python -m config.probe http://localhost:8000 worker beat         and are these two at work?
python -m config.probe --wait 60 http://localhost:8000 worker    ask until the answer is yes
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import time
from urllib.parse import urlsplit

from config import env

PAUSE = 0.3  # seconds between two questions
PATIENCE = 5  # seconds for one answer


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.probe")
    parser.add_argument("url")
    parser.add_argument("parts", nargs="*", help="parts that must be well, besides the page itself")
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS")
    options = parser.parse_args()
    deadline = time.monotonic() + options.wait
    while complaint := ask(options.url, options.parts):
        if time.monotonic() >= deadline:
            print(complaint, file=sys.stderr)
            return 1
        time.sleep(PAUSE)
    return 0


def ask(url: str, parts: list[str]) -> str:
    """What is wrong, in a few words; empty if all is well."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "localhost", address.port or 80, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz", headers={"Host": known_host()})
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as fault:
        return f"{url}: {fault}"
    finally:
        connection.close()
    if answer.status != 200:
        return f"{url}: {answer.status} {body[:300].decode(errors='replace')}"
    report = json.loads(body)
    return "; ".join(f"{part}: {report.get(part)}" for part in parts if report.get(part) != "ok")


def known_host() -> str:
    """A name that Django accepts, whatever address the question goes to."""
    first = env.words("ALLOWED_HOSTS", "localhost")[0].lstrip(".")
    return "localhost" if first == "*" else first


if __name__ == "__main__":
    sys.exit(main())
