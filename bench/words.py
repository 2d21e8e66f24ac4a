"""Measures how long it takes to find the words of a text: `python -m bench.words`.

Prints processor time, for ordinary texts of 1,000 characters and for the worst of the longest that the API takes, and
keeps it in bench/results, with its date.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench.command import command_line
from bench.report import RESULTS
from ticketing.kernel.text import indexed, search_folded, terms
from ticketing.learning.features import features

LONGEST = 50_000
"""Characters of a message (contract)."""
QUERY = 1_100
"""Characters of a query: percent-encoded, more do not fit into a request's line."""
ORDINARY = {
    "English": "Dear team, where is my parcel? It should have been here on Monday, order 12345, and nobody answers. ",
    "French": "Bonjour, où est mon colis ? Il devait être livré lundi, commande 12345, et personne ne répond. ",
    "Russian": "Здравствуйте, где моя посылка? Она должна была прийти в понедельник, заказ 12345, никто не отвечает. ",
    "Hindi": "नमस्ते, मेरा पार्सल कहाँ है? इसे सोमवार को आना चाहिए था, ऑर्डर 12345, और कोई जवाब नहीं दे रहा है। ",
    "Japanese": "先週こちらのお店で注文した青い自転車用の雨よけがまだ自宅に届いていないのですが確認できますか。",
    "Thai": "สวัสดีค่ะ อยากคืนสินค้าที่สั่งซื้อเมื่อวันจันทร์ หมายเลขคำสั่งซื้อ 12345 แต่ไม่มีใครรับโทรศัพท์เลย ",
}
_ANY = random.Random(1).choices([chr(code) for code in range(0x80, 0x110000) if chr(code).isprintable()], k=LONGEST)  # noqa: S311
HOSTILE = {
    "two accents, each in one run": "a" + "\u0301" * 24_999 + "\u0327" * 25_000,
    "two accents in turn": "a" + "\u0301\u0327" * 24_999,
    "short runs of accents, zero-width joiners between": ("\u0301\u0327" * 15 + "\u200d") * 2_000,
    "short runs of Indic signs that meet when others go": "क" + ("\u094d\u09bc" * 15 + "\u0640") * 2_000,
    "letters that decompose into marks": "\uff9e\u0f73" * 25_000,
    "as many marks as count, again and again": ("क" + "\u094d\u09bc" * 15) * 1_600,
    "one short of a crowd, again and again": ("क" + "-" * 30) * 1_600,
    "letters with three accents": "\u1f82" * LONGEST,
    "a phrase in one character": "\ufdfa" * LONGEST,
    "a word in one character": "\u3316" * LONGEST,
    "notes": "\U0001d160" * LONGEST,
    "letters and signs in turn": "я—" * 25_000,
    "kana with marks": "が" * LONGEST,
    "different characters": "".join(_ANY),
}


def main() -> None:
    """Measure, print a table and keep it."""
    command_line(__doc__).parse_args()
    today = datetime.now(UTC).date()
    ordinary = {f"{name}, 1,000 characters": (text * 20)[:1_000] for name, text in ORDINARY.items()}
    hostile = {f"{name}, {LONGEST:,} characters": text[:LONGEST] for name, text in HOSTILE.items()}
    lines = [
        f"| processor time in ms | search_folded | indexed | as a query of {QUERY:,} | features |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, text in (ordinary | hostile).items():
        figures = " | ".join(f"{_milliseconds(use, text):.2f}" for use in (search_folded, indexed, _sought, features))
        lines.append(f"| {name} | {figures} |")
    table = "\n".join(lines)
    print(table)
    (RESULTS / f"words-{today}.md").write_text(f"# Words of a text, {today}\n\n{table}\n")


def _sought(text: str) -> object:
    return terms(text[:QUERY])


def _milliseconds(use: Callable[[str], object], text: str) -> float:
    """Return the least of five times."""
    times = []
    for _ in range(5):
        begun = time.process_time()
        use(text)
        times.append(time.process_time() - begun)
    return min(times) * 1_000


if __name__ == "__main__":
    main()
