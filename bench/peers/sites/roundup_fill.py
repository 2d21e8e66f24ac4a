"""Fill a Roundup tracker; runs in Roundup's environment: `roundup_fill.py TRACKER LINES`."""

import json
import sys
from pathlib import Path

import roundup.date
import roundup.instance

STATUS = {"Open": "chatting", "Pending": "need-eg", "Escalated": "in-progress", "Closed": "resolved"}
UNSAFE = ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY")
"""Each new id is committed by itself; while the tracker is filled, nothing waits for the disk."""


def fill(tracker: str, lines: Path) -> None:
    """Make an issue with messages of each line."""
    db = roundup.instance.open(tracker).open("admin")
    db.conn.commit()
    for pragma in UNSAFE:
        db.conn.execute(pragma)
    reps = [db.user.create(username=f"rep{number}", roles="User") for number in range(10)]
    read = lines.read_text().splitlines()
    for number, text in enumerate(read):
        if number % 100 == 0:
            print(f"\rRoundup: {number} of {len(read)} issues", end="\033[K", file=sys.stderr, flush=True)
        line = json.loads(text)
        created = roundup.date.Date(line["created"].rstrip("Z"))
        messages = [db.msg.create(author="1", date=created, content=body) for body in line["messages"]]
        holder = {} if line["holder"] is None else {"assignedto": reps[line["holder"]]}
        status = db.status.lookup(STATUS[line["status"]])
        db.issue.create(title=line["subject"], status=status, messages=messages, **holder)
    db.commit()
    db.close()
    print("\r\033[K", end="", file=sys.stderr)


if __name__ == "__main__":
    fill(sys.argv[1], Path(sys.argv[2]))
