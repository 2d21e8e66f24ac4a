"""Authenticates bearer tokens: from a token to the principal that the directory has for it now."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from pydantic import ConfigDict, ValidationError

from ticketing.directory.bearer import bearer_token
from ticketing.directory.channel_type import PHONE
from ticketing.directory.model import Channel, CustomerSettings, Rep, channel_key, rep_key
from ticketing.directory.principal import PhoneContext, Principal, Representative, Role
from ticketing.errors import Unauthorized
from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory, TokenVerifier

TRUSTED_FOR = 60
"""Seconds for which a verified token and the directory's word on its holder count."""
MAX_TOKENS = 1_000
"""Tokens that are cached."""


class _RepresentativeClaims(Model):
    model_config = ConfigDict(strict=True)

    customerID: Identifier
    repID: Identifier
    role: str


class _PhoneClaims(Model):
    model_config = ConfigDict(strict=True)

    auth: Literal["phone"]
    customerID: Identifier
    channelID: Identifier


@dataclass(frozen=True)
class Authentication:
    """Verifies tokens; `directory` must not be a cached one; `clock` in epoch seconds."""

    verifier: TokenVerifier
    directory: Directory
    clock: Callable[[], float]
    _known: OrderedDict[str, tuple[float, Principal]] = field(default_factory=OrderedDict, repr=False)

    def principal(self, authorization: str | None) -> Principal:
        """Return the principal of an Authorization header; raises Unauthorized."""
        return self._cached(bearer_token(authorization))

    def _cached(self, token: str) -> Principal:
        fingerprint, now = hashlib.sha256(token.encode()).hexdigest(), self.clock()
        until, principal = self._known.get(fingerprint, (0.0, None))
        if principal is not None and now < until:
            return principal
        claims = self.verifier.claims(token)
        principal = self._principal_of(claims)
        self._known[fingerprint] = (min(now + TRUSTED_FOR, float(claims["exp"])), principal)
        if len(self._known) > MAX_TOKENS:
            self._known.popitem(last=False)
        return principal

    def _principal_of(self, claims: Mapping[str, Any]) -> Principal:
        is_phone = "auth" in claims
        if not claims.keys().isdisjoint(("repID", "role") if is_phone else ("channelID",)):
            _refuse()
        try:
            if is_phone:
                return self._phone_context(_PhoneClaims.model_validate(claims))
            return self._representative(_RepresentativeClaims.model_validate(claims))
        except ValidationError:
            _refuse()

    def _representative(self, claims: _RepresentativeClaims) -> Representative:
        key = rep_key(claims.repID)
        entries = self.directory.entries(claims.customerID, [key, CustomerSettings.KEY])
        rep, settings = entries.get(key), entries.get(CustomerSettings.KEY)
        role = next((role for role in Role if role.value == claims.role), None)
        if role is None or not isinstance(rep, Rep) or not rep.has_role(role):
            _refuse()
        sees_all = isinstance(settings, CustomerSettings) and settings.agentScope == "All"
        return Representative(claims.customerID, claims.repID, role, sees_all)

    def _phone_context(self, claims: _PhoneClaims) -> PhoneContext:
        channel = self.directory.entries(claims.customerID, [channel_key(claims.channelID)]).get(
            channel_key(claims.channelID)
        )
        if not isinstance(channel, Channel) or not channel.active or channel.type != PHONE:
            _refuse()
        return PhoneContext(claims.customerID, claims.channelID)


def _refuse() -> NoReturn:
    raise Unauthorized("The token does not speak for an active member or phone line of a customer.")
