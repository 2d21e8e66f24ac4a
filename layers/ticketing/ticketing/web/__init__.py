"""HTTP, exactly once: routes, requests, replies, refusals."""

from ticketing.web.api import Api
from ticketing.web.reply import Reply
from ticketing.web.request import Request

__all__ = ["Api", "Reply", "Request"]
