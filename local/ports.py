"""The ports of a run: those of the API and the emulator, often one, and after them the console's and the shop's."""

import json
import os
import socket
from dataclasses import asdict, dataclass

from bundle.errors import CannotContinue
from local.places import State
from local.server import HOST

LAST = 65532
"""The last port for an API: three more follow."""


@dataclass(frozen=True)
class Ports:
    """The port of the API and that of the emulator."""

    api: int
    emulator: int

    @property
    def console(self) -> int:
        """Return the console's port: the second after that of the API, as the first may be the emulator's."""
        return self.api + 2

    @property
    def shop(self) -> int:
        """Return the demo shop's port."""
        return self.api + 3

    @staticmethod
    def shared() -> "Ports":
        """Return PORT, or 3000, as both: the emulator serves the API."""
        text = os.environ.get("PORT") or "3000"
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= LAST):
            raise CannotContinue(f"PORT must be a number from 1 to {LAST}, not {text!r}.")
        return Ports(int(text), int(text))

    @staticmethod
    def apart() -> "Ports":
        """Return PORT, or 3000, for the API, and the next one for the emulator."""
        port = Ports.shared().api
        return Ports(port, port + 1)

    @staticmethod
    def of(state: State) -> "Ports":
        """Return the ports of the present or last run; PORT tells of another one."""
        if not state.ports.exists():
            return Ports.shared()
        recorded = Ports(**json.loads(state.ports.read_text()))
        return recorded if os.environ.get("PORT") in (None, "", str(recorded.api)) else Ports.shared()

    def record(self, state: State) -> None:
        state.ports.write_text(json.dumps(asdict(self)))

    def require_free(self) -> None:
        """Raise CannotContinue when somebody listens on either loopback address: `localhost` may mean both."""
        for port in sorted({self.api, self.emulator, self.console, self.shop}):
            for family, address in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
                if _listens(family, address, port):
                    raise CannotContinue(
                        f"Port {port} is in use: stop what listens there, or choose another with PORT=…"
                    )


def _listens(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            return probe.connect_ex((address, port)) == 0
    except OSError:  # the machine has no IPv6
        return False
