"""Filled sites, kept from run to run: filling some takes minutes, and each run changes what it works on."""

import hashlib
import subprocess
from pathlib import Path

from bench.peers.peer import Peer
from tests.tables import ROOT

KEPT = ROOT / ".local" / "bench" / "sites"


def put_site(peer: Peer, lines: Path, folder: Path) -> str:
    """Put a peer's filled site into an empty folder, and keep a copy for the next run; return the peer's release."""
    made_of = peer.made_of()
    name = peer.name.replace(" ", "-")
    key = hashlib.sha256("\n".join([*made_of, lines.read_text()]).encode()).hexdigest()[:16]
    packed = KEPT / f"{name}-{lines.stem}-{key}.tar"
    if packed.exists():
        subprocess.run(["tar", "-xpf", packed, "-C", folder], check=True)
        return made_of[0]
    peer.fill(folder, lines)
    KEPT.mkdir(parents=True, exist_ok=True)
    for outdated in KEPT.glob(f"{name}-{lines.stem}-*"):
        outdated.unlink()
    partial = packed.with_suffix(".partial")
    subprocess.run(["tar", "-cf", partial, "-C", folder, "."], check=True)
    partial.rename(packed)
    return made_of[0]
