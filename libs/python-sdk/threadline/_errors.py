"""What can go wrong, as exceptions. Switch on `code`: it is stable, the words are not."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type


class ThreadlineError(Exception):
    """Everything that this package raises."""


class ConnectionFailed(ThreadlineError):
    """No answer came, after all tries."""


class ApiError(ThreadlineError):
    """The API refused (RFC 9457)."""

    def __init__(self, status: int, problem: Dict[str, Any], retry_after: Optional[float] = None) -> None:
        self.status = status
        #: A stable word to switch on, such as `conversation_moved`.
        self.code: str = str(problem.get("code") or "unknown")
        self.title: str = str(problem.get("title") or f"The server answered {status}")
        self.detail: Optional[str] = problem.get("detail")
        #: To be told to whoever looks after the installation.
        self.request_id: Optional[str] = problem.get("requestId")
        #: With `invalid_input`: `[{"path": ..., "message": ...}]`.
        self.errors: List[Dict[str, str]] = problem.get("errors") or []
        #: With a conflict: the state that won.
        self.current: Any = problem.get("current")
        #: Seconds until another try makes sense.
        self.retry_after = retry_after
        super().__init__(f"{status} {self.code}: {self.detail or self.title}")


class InvalidInput(ApiError):
    """400: malformed or invalid input; see `errors`."""


class Unauthenticated(ApiError):
    """401: no API key, or one that is not good."""


class Forbidden(ApiError):
    """403: the key may not do this."""


class NotFound(ApiError):
    """404: absent, or another workspace's."""


class Conflict(ApiError):
    """409 or 422: somebody was faster, or it exists; see `code` and `current`."""


class PreconditionFailed(ApiError):
    """412: it has changed since it was read."""


class TooManyRequests(ApiError):
    """429, after all tries."""


class NotReady(ApiError):
    """503, after all tries."""


_BY_STATUS: Dict[int, Type[ApiError]] = {
    400: InvalidInput,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: PreconditionFailed,
    422: Conflict,
    429: TooManyRequests,
    503: NotReady,
}


def error_of(status: int, problem: Dict[str, Any], retry_after: Optional[float]) -> ApiError:
    """The exception for an answer."""
    return _BY_STATUS.get(status, ApiError)(status, problem, retry_after)
