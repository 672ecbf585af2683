"""The way in."""

from __future__ import annotations

from typing import Optional

from ._resources import Resources
from ._transport import Transport


class Threadline(Resources):
    """
    One workspace, by an API key (Settings, API keys)::

        client = Threadline("https://threads.example.com", "tl_...")
        lead = client.leads.create({"name": "Lin Chen", "email": "lin@example.com"})
        for lead in client.leads.iterate_list(status="new"):
            print(lead["name"])

    Calls that are answered 429 or 503 are made again after `Retry-After`; a call whose connection breaks is made again
    where that does nothing twice. `version` holds the API at a dated version.
    An address or a key that cannot be one is a `ValueError`.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        timeout: float = 30.0,
        max_retries: int = 3,
        version: Optional[str] = None,
    ) -> None:
        super().__init__(Transport(base_url, api_key, timeout=timeout, max_retries=max_retries, version=version))
