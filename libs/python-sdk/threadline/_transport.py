"""Calls over HTTP: the key, tries, pages."""

from __future__ import annotations

import json
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Callable, Dict, Iterator, Mapping, Optional, Tuple

from ._errors import ConnectionFailed, error_of

USER_AGENT = "threadline-python/0.1.0"
#: An answer 429 or 503 without a hint is tried again after this, doubled each time. Seconds.
FIRST_PAUSE = 0.5
#: A hint to wait longer than this is not followed; the error says how long. Seconds.
LONGEST_PAUSE = 60.0


def quote(value: str) -> str:
    """A value as one part of a path."""
    return urllib.parse.quote(str(value), safe="")


def _checked_address(base_url: str) -> str:
    """The address of an installation, without the path of its API, which every call brings along."""
    if not isinstance(base_url, str) or not base_url.strip():
        raise ValueError("The address of Threadline is missing: give it as https://threads.example.com.")
    address = base_url.strip().rstrip("/")
    if address.endswith("/api"):
        address = address[: -len("/api")].rstrip("/")
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or not address.isascii():
        raise ValueError(f"{base_url!r} is no address of Threadline: give it as https://threads.example.com.")
    return address


def _checked_key(api_key: str) -> str:
    """A key that can be one; whether it is good is for the API to say."""
    if not isinstance(api_key, str) or not api_key.strip():
        raise ValueError("The API key is missing: Threadline makes one under Settings, API keys.")
    key = api_key.strip()
    # What is wrong is not shown: it may be a secret all the same.
    if re.fullmatch(r"tl_[A-Za-z0-9_-]+", key) is None:
        raise ValueError("This is no API key: one looks like tl_… and has letters, digits, - and _ alone.")
    return key


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The API never redirects, and the key goes nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Transport:
    """Makes requests; everything that can be called goes through here."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        timeout: float = 30.0,
        max_retries: int = 3,
        version: Optional[str] = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base_url = _checked_address(base_url)
        self._api_key = _checked_key(api_key)
        self._timeout = timeout
        self._max_retries = max_retries
        self._version = version
        self._sleep = sleep
        self._opener = urllib.request.build_opener(_NoRedirects())

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        if_match: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        idempotent: bool = False,
        raw: bool = False,
    ) -> Any:
        """One call, tried again where that does nothing twice. Answers JSON, bytes when `raw`, None for 204."""
        headers = {"Authorization": f"Bearer {self._api_key}", "User-Agent": USER_AGENT, "Accept": "*/*"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if if_match is not None:
            headers["If-Match"] = if_match
        if self._version is not None:
            headers["Threadline-Version"] = self._version
        if idempotent:
            # Made once for all tries: the second one answers what the first one did.
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        url = self._base_url + path + _query_text(query or {})
        safe = method == "GET" or idempotent
        answered, content = self._tried(method, url, headers, data, safe)
        if answered == 204 or not content:
            return b"" if raw else None
        return content if raw else json.loads(content)

    def pages(self, path: str, *, query: Mapping[str, Any]) -> Iterator[Any]:
        """All items of a list, page after page."""
        cursor: Optional[str] = None
        while True:
            page = self.request("GET", path, query={**query, "cursor": cursor})
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return

    def _tried(
        self, method: str, url: str, headers: Dict[str, str], data: Optional[bytes], safe: bool
    ) -> Tuple[int, bytes]:
        tries = 0
        while True:
            pause = FIRST_PAUSE * (2**tries) * (0.8 + 0.4 * random.random())
            try:
                request = urllib.request.Request(url, data=data, headers=headers, method=method)
                with self._opener.open(request, timeout=self._timeout) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as refusal:
                retry_after = _seconds(refusal.headers.get("Retry-After"))
                error = error_of(refusal.code, _problem(refusal), retry_after)
                # Both say that nothing was done, so that any call may be made again.
                if refusal.code not in (429, 503) or tries >= self._max_retries:
                    raise error from None
                if retry_after is not None:
                    pause = retry_after
                if pause > LONGEST_PAUSE:
                    raise error from None
            except (OSError, HTTPException) as cause:
                if not safe or tries >= self._max_retries:
                    raise ConnectionFailed(f"{method} {url.split('?')[0]}: {cause}") from cause
            self._sleep(pause)
            tries += 1


def _query_text(query: Mapping[str, Any]) -> str:
    given = {name: _text(value) for name, value in query.items() if value is not None}
    return f"?{urllib.parse.urlencode(given)}" if given else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(str(each) for each in value)
    return str(value)


def _problem(refusal: urllib.error.HTTPError) -> Dict[str, Any]:
    try:
        problem = json.loads(refusal.read())
    except (ValueError, OSError, HTTPException):
        return {}
    return problem if isinstance(problem, dict) else {}


def _seconds(header: Optional[str]) -> Optional[float]:
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
