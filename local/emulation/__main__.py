"""Serves until it is told to stop; the last argument is how many calls of one function may run at once."""

import sys
from importlib import import_module

from local.emulation.batches import fail_in_parts
from local.emulation.permissions import permit_batches
from local.emulation.queues import keep_addresses
from local.emulation.snapshots import keep_data
from local.emulation.streams import keep_streams
from local.emulation.transforms import show_parameters
from local.emulation.turns import take_turns

AT_ONCE = int(sys.argv.pop())  # the rest of the command line is read by the emulator

emulator = import_module("ministack.app")
keep_streams()
fail_in_parts()
permit_batches()
keep_addresses()
show_parameters()
keep_data(emulator)
take_turns(AT_ONCE)
emulator.main()
