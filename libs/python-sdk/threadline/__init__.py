"""Threadline for Python: the API, typed, and a verifier for its webhooks."""

from ._client import Threadline
from ._errors import (
    ApiError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    NotFound,
    NotReady,
    PreconditionFailed,
    ThreadlineError,
    TooManyRequests,
    Unauthenticated,
)
from .webhooks import InvalidSignature, Webhook

__all__ = [
    "ApiError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "InvalidInput",
    "InvalidSignature",
    "NotFound",
    "NotReady",
    "PreconditionFailed",
    "Threadline",
    "ThreadlineError",
    "TooManyRequests",
    "Unauthenticated",
    "Webhook",
]
