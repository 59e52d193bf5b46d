"""How often one client may do a thing that needs no sign-in: counted in the cache, by hour, and by no one's name."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

HOUR = 3600  # seconds

View = Callable[..., Any]


def limited(kind: str, *methods: str) -> Callable[[View], View]:
    """Answer 429 once a client has sent more than ``settings.PER_HOUR[kind]`` requests within the hour.

    ``methods``: which requests count; the others pass. The address is found as for signing in (``PROXY_COUNT``).
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method in methods and over_limit(request, kind):
                return too_many(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def over_limit(request: HttpRequest, kind: str) -> bool:
    """Count this request. The key is a keyed hash of the address and goes away with the hour."""
    hour = int(time.time()) // HOUR
    client = salted_hmac("throttle", str(get_client_ip_address(request))).hexdigest()[:32]
    key = f"throttle:{kind}:{hour}:{client}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return cache.incr(key) > settings.PER_HOUR[kind]
    except ValueError:  # the hour ended between the two
        return False


def too_many(request: HttpRequest) -> HttpResponse:
    """The page says how long to wait."""
    wait = HOUR - int(time.time()) % HOUR
    response = render(request, "approvals/precheck/too_many.html", {"minutes": -(-wait // 60)}, status=429)
    response["Retry-After"] = str(wait)
    return response
