"""Verifies webhooks as Standard Webhooks (standardwebhooks.com) signs them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any, Dict, Mapping, Optional, Union

from ._errors import ThreadlineError

#: How far the time of sending may be from now. Seconds.
TOLERANCE = 5 * 60


class InvalidSignature(ThreadlineError):
    """It was not sent by who holds the secret, or not now, or has been altered. Answer 400 and do nothing."""


class Webhook:
    """
    One endpoint's secret (`whsec_...`)::

        event = Webhook(secret).verify(request.get_data(), request.headers)

    Give the body as the bytes that came, before anything has read it. The same event may come twice: `event["id"]` says
    so. `v1` signatures are checked; `v1a` (Ed25519) takes more than the standard library has.
    """

    def __init__(self, secret: str) -> None:
        text = secret[len("whsec_") :] if secret.startswith("whsec_") else secret
        try:
            self._key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("A webhook secret looks like whsec_ and base64") from None
        if not self._key:
            raise ValueError("A webhook secret looks like whsec_ and base64")

    def verify(
        self, body: Union[bytes, str], headers: Mapping[str, str], *, now: Optional[float] = None
    ) -> Dict[str, Any]:
        """The event, when it is genuine. Raises `InvalidSignature`."""
        given = {name.lower(): value for name, value in headers.items()}
        message_id = given.get("webhook-id")
        timestamp = given.get("webhook-timestamp")
        signatures = given.get("webhook-signature")
        if not message_id or not timestamp or not signatures:
            raise InvalidSignature("webhook-id, webhook-timestamp or webhook-signature is missing")
        if not (timestamp.isascii() and timestamp.isdigit()):
            raise InvalidSignature("webhook-timestamp is no time")
        if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE:
            raise InvalidSignature("webhook-timestamp is too far from now")
        raw = body.encode() if isinstance(body, str) else body
        signed = f"{message_id}.{timestamp}.".encode() + raw
        wanted = base64.b64encode(hmac.new(self._key, signed, hashlib.sha256).digest())
        if not any(_is_same(each, wanted) for each in signatures.split(" ")):
            raise InvalidSignature("No signature is this secret's")
        event = json.loads(raw)
        if not isinstance(event, dict):
            raise InvalidSignature("The body is no event")
        return event


def _is_same(given: str, wanted: bytes) -> bool:
    version, _, signature = given.partition(",")
    return version == "v1" and hmac.compare_digest(signature.encode(), wanted)
