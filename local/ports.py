"""Where a run listens: on one port, or on two where the API is served by something else than the emulator."""

import json
import os
import socket
from dataclasses import asdict, dataclass

from bundle.errors import CannotContinue
from local.places import State
from local.server import HOST

DEFAULT = 3000
LAST = 65535


@dataclass(frozen=True)
class Ports:
    """The port of the API and that of the emulator."""

    api: int
    emulator: int

    @staticmethod
    def shared() -> "Ports":
        """Both are PORT, or the default: the emulator serves the API."""
        port = _number(os.environ.get("PORT") or str(DEFAULT))
        return Ports(port, port)

    @staticmethod
    def apart() -> "Ports":
        """The API is on PORT, or the default, and the emulator on the next one."""
        port = Ports.shared().api
        if port == LAST:
            raise CannotContinue(f"PORT must be below {LAST}: the emulator takes the next one.")
        return Ports(port, port + 1)

    @property
    def are_apart(self) -> bool:
        """Whether the API has a port of its own."""
        return self.api != self.emulator

    @staticmethod
    def of(state: State) -> "Ports":
        """Where a run is, or was last; PORT tells of another one."""
        if not state.ports.exists():
            return Ports.shared()
        recorded = Ports(**json.loads(state.ports.read_text()))
        return recorded if os.environ.get("PORT") in (None, "", str(recorded.api)) else Ports.shared()

    def record(self, state: State) -> None:
        """Notes where the run is."""
        state.ports.write_text(json.dumps(asdict(self)))

    def require_free(self) -> None:
        """Fails when somebody listens there, on either loopback address: `localhost` may mean both."""
        for port in (self.api, self.emulator):
            for family, address in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
                with socket.socket(family) as probe:
                    if probe.connect_ex((address, port)) == 0:
                        raise CannotContinue(
                            f"Port {port} is in use: stop what listens there, or choose another with PORT=…"
                        )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LAST):
        raise CannotContinue(f"PORT must be a number from 1 to {LAST}, not {text!r}.")
    return int(text)
