"""Serves until it is told to stop. Arguments: how many calls of one function may run at once, and the address to serve
at besides loopback, if any.
"""

import sys
from importlib import import_module

from local.emulation.addresses import listen_at
from local.emulation.batches import fail_in_parts
from local.emulation.permissions import permit_batches
from local.emulation.queues import keep_addresses, read_numbers
from local.emulation.snapshots import keep_data
from local.emulation.streams import keep_streams
from local.emulation.transforms import show_parameters
from local.emulation.turns import take_turns

at_once, *addresses = sys.argv[1:]
del sys.argv[1:]  # the emulator would take them for its own

emulator = import_module("ministack.app")
keep_streams()
fail_in_parts()
permit_batches()
keep_addresses()
read_numbers()
show_parameters()
keep_data(emulator)
take_turns(int(at_once))
listen_at(addresses)
emulator.main()
