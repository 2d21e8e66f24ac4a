"""HTTP, exactly once: routes, requests, replies, refusals."""

from ticketing.http.api import Api
from ticketing.http.reply import Reply
from ticketing.http.request import Request

__all__ = ["Api", "Reply", "Request"]
