"""What the tables' streams hold and nobody has read yet outlives a restart.

The emulator forgets the records but not how far they were read, and would skip as many new ones.
"""

from importlib import import_module
from typing import Any

KEY = "unread_stream_records"


def keep_streams() -> None:
    """Makes the unread records a part of the tables' state."""
    tables: Any = import_module("ministack.services.dynamodb")
    functions: Any = import_module("ministack.services.lambda_svc")
    get_state, load_state = tables.get_state, tables.load_persisted_state

    def get_state_with_unread() -> Any:
        return {**get_state(), KEY: _unread(tables, functions)}

    def load_state_with_unread(state: Any) -> None:
        load_state(state)
        for account, region, table, position, records in state.get(KEY, []):
            tables._stream_trimmed.set_scoped(account, region, table, position)
            tables._stream_records.set_scoped(account, region, table, records)

    tables.get_state, tables.load_persisted_state = get_state_with_unread, load_state_with_unread


def _unread(tables: Any, functions: Any) -> list[tuple[str, str, str, int, list[Any]]]:
    """Per table: how many records are read by all its readers, and those that are not."""
    unread = []
    for (account, region, table), records in tables._stream_records.all_items():
        first = tables._stream_trimmed.get_scoped(account, region, table, 0)
        position = _position(functions, account, region, table, first)
        unread.append((account, region, table, position, list(records[position - first :])))
    return unread


def _position(functions: Any, account: str, region: str, table: str, first: int) -> int:
    """How far the slowest reader of a table's stream has come."""
    readers = [
        reader["UUID"]
        for reader_account, reader_region, reader in functions._iter_all_esms()
        if (reader_account, reader_region) == (account, region) and f":table/{table}/" in reader["EventSourceArn"]
    ]
    positions = [functions._dynamodb_stream_positions.get_scoped(account, region, reader, first) for reader in readers]
    return max(first, min(positions, default=first))
