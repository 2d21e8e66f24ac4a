"""The Authorization header of bearer tokens (RFC 6750)."""

from ticketing.errors import Unauthorized


def bearer_token(authorization: str | None) -> str:
    """Return the token in an Authorization header; raises Unauthorized where there is none."""
    scheme, _, token = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("A bearer token is required.")
    return token.strip()
