"""Serve until told to stop."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from local.emulation import expiry, records, streams, tables
from local.emulation.activity import Activity, watch_functions, watch_tables
from local.emulation.addresses import listen_at
from local.emulation.calls import wait_in_one_thread
from local.emulation.log import keep_logs
from local.emulation.permissions import permit_batches
from local.emulation.queues import keep_addresses, keep_messages
from local.emulation.turns import take_turns

parser = argparse.ArgumentParser(prog="python -m local.emulation", description=__doc__)
parser.add_argument("--kept", type=Path, required=True, help="the folder of what outlives a run")
parser.add_argument("--at-once", type=int, required=True, help="how many calls of one function may run at once")
parser.add_argument("--engine", help="the program that keeps the tables; without it the emulator does")
parser.add_argument("--address", help="an address to serve at besides loopback")
arguments = parser.parse_args()
del sys.argv[1:]  # the emulator would take them for its own

emulator = import_module("ministack.app")
activity, source = Activity(), records.in_emulator()
if arguments.engine:
    engine = tables.start(arguments.engine, arguments.kept / "tables.db")
    tables.keep_tables(engine)
    (arguments.kept / "engine.url").write_text(engine.url)
    source = records.EngineStreams(engine).records
    expiry.sweep_forever(engine)
streams.deliver_streams(source, activity, arguments.kept / "streams.json")
permit_batches()
keep_addresses()
keep_messages()
wait_in_one_thread()
take_turns(arguments.at_once)
watch_functions(activity)
watch_tables(activity)
keep_logs()
listen_at(arguments.address)
emulator.main()
