"""Real words of many languages: each text is found by what people would type for it, and not by what they would not."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.matching import matches
from ticketing.kernel.characters import UNSPACED
from ticketing.kernel.text import indexed, search_folded, words


class Sample(NamedTuple):
    """A text, queries that find it and queries that do not."""

    text: str
    found_by: list[str]
    missed_by: list[str]


LANGUAGES = {
    "English": Sample("My parcel's co\u00adoper\u00adation", ["parcel", "cooperation", "coop*"], ["oper", "parcels"]),
    "French": Sample("L’élève a reçu un cœur", ["eleve", "ÉLÈVE", "recu", "coeur"], ["elev", "eleves"]),
    "German": Sample("Größere Straße, Rückgabe", ["GRÖSSERE", "strasse", "ruckgabe", "gr*"], ["gabe", "rück"]),
    "Dutch": Sample("De geïnde coëfficiënt", ["geinde", "coefficient"], ["geind"]),
    "Polish": Sample("Zwrot przesyłki z Łodzi", ["przesylki", "łodzi", "LODZI"], ["przesyłka"]),
    "Czech": Sample("Žádost o vrácení peněz", ["zadost", "vraceni penez"], ["zado"]),
    "Turkish": Sample("İade için sipariş ısrarı", ["iade", "siparis", "israri"], ["sipar"]),
    "Vietnamese": Sample("Tôi muốn đổi trả hàng", ["muon", "doi tra", "đổi"], ["muo"]),
    "Greek": Sample("Επιστροφή χρημάτων της ΟΔΟΥ", ["επιστροφη", "χρηματων", "οδού"], ["επιστροφ"]),
    "Russian": Sample("Верните деньги за ёлку", ["ВЕРНИТЕ", "елку", "ёлку"], ["елка", "верн"]),
    "Hebrew": Sample("שָׁלוֹם, אֵיפֹה הַחֲבִילָה", ["שלום", "איפה החבילה", "שָׁלוֹם"], ["של", "חבילה"]),
    "Arabic": Sample("مُحَمَّد أين الطـــرد", ["محمد", "اين", "الطرد", "الطـرد", "مُحَمَّد"], ["حمد", "طرد"]),
    "Persian": Sample("نمی‌خواهم سفارش را", ["نمیخواهم", "نمی‌خواهم", "سفارش"], ["خواهم"]),
    "Hindi": Sample(
        "मेरा पार्सल कहाँ है, फ़ोन नहीं", ["पार्सल", "कहाँ है", "फोन", "फ़ोन", "पार*"], ["प और र और सल", "पारसल", "सल", "प"]
    ),
    "Bengali": Sample("আমার পার্সেল কোথায়", ["পার্সেল", "কোথায়", "কোথা*"], ["পারসেল", "প"]),
    "Tamil": Sample("என் பார்சல் எங்கே", ["பார்சல்", "எங்கே"], ["பரசல", "பார்"]),
    "Telugu": Sample("నా పార్సెల్ ఎక్కడ ఉంది", ["పార్సెల్", "ఎక్కడ"], ["పారసల", "పా"]),
    "Sinhala": Sample("ශ්‍රී ලංකාවේ පාර්සලය", ["ශ්‍රී", "ශ්රී", "ලංකාවේ"], ["ශ", "ලංකාව"]),
    "Georgian": Sample("სად არის ჩემი ამანათი", ["ამანათი", "ამან*"], ["ამანა"]),
    "Armenian": Sample("Որտե՞ղ է իմ ծանրոցը", ["ծանրոցը", "ԾԱՆՐՈՑԸ"], ["ծանրոց"]),
    "Amharic": Sample("እቃዬ የት ነው፣ ገንዘቤን", ["እቃዬ", "ገንዘቤን"], ["ገንዘ"]),
    "Korean": Sample("환불 요청합니다", ["환불", "요청*", "요청합니다"], ["요청", "불"]),
    "Chinese": Sample("我想退款请求", ["退款", "款请", "退", "我想退款请求"], ["請", "款退"]),
    "Japanese": Sample("注文がまだ届いていません", ["まだ届", "注文", "ません"], ["文注", "届け"]),
    "Thai": Sample("ฉันต้องการคืนสินค้าที่ซื้อเมื่อวาน", ["คืนสินค้า", "สินค้า", "ซื้อ", "คืน*", "ค"], ["สินคา", "ขาย"]),
    "Lao": Sample("ຂ້ອຍຢາກສົ່ງສິນຄ້າຄືນ", ["ສິນຄ້າ", "ສົ່ງ", "ຄືນ"], ["ຊື້", "ຄ້ານ"]),
    "Khmer": Sample("ខ្ញុំចង់ប្រគល់\u200bទំនិញវិញ", ["ទំនិញ", "ប្រគល់ទំនិញ", "ចង់"], ["លុយ", "ទិញ"]),
    "Burmese": Sample("ကျွန်တော့်ပစ္စည်းပြန်ပို့ချင်ပါတယ်", ["ပစ္စည်း", "ပြန်ပို့", "ချင်"], ["ငွေ", "စပ"]),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_found_by_what_people_would_type(language: str) -> None:
    text, found_by, missed_by = LANGUAGES[language]
    assert [query for query in found_by if not matches(query, text)] == []
    assert [query for query in missed_by if matches(query, text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_how_a_text_is_encoded_does_not_matter(language: str, form: str) -> None:
    text = LANGUAGES[language].text
    assert indexed(unicodedata.normalize(form, text)) == indexed(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["Chinese", "Japanese", "Thai", "Lao", "Khmer", "Burmese"])
def test_any_part_of_what_is_written_without_spaces_is_found(language: str) -> None:
    text = search_folded(LANGUAGES[language].text)
    parts = [text[first:last] for last in range(len(text) + 1) for first in range(last)]
    assert [part for part in parts if not matches(part, text)] == []


@pytest.mark.parametrize(
    "unseen", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u0640", "\ufe0f", "\u0301"]
)
def test_what_nobody_sees_separates_no_words(unseen: str) -> None:
    assert list(words(f"ref{unseen}und {unseen}退{unseen}款")) == ["refund", "退款", "款"]


def characters(belongs: Callable[[str], bool]) -> list[str]:
    return [char for char in map(chr, range(0x110000)) if belongs(char)]


def test_marks_are_ignored_in_alphabets_that_are_read_without_them_and_kept_in_others() -> None:
    marks = characters(lambda char: unicodedata.category(char).startswith("M"))
    accents = ("COMBINING ", "HEBREW ", "ARABIC ", "SYRIAC ", "DEVANAGARI SIGN NUKTA")
    unseen = ("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION SELECTOR", "KHMER VOWEL INHERENT")
    kept = ("COMBINING KATAKANA", "COMBINING GREEK YPOGEGRAMMENI", "COMBINING DEVANAGARI")
    names = {mark: unicodedata.name(mark) for mark in marks if ord(mark) < 0x10000}
    expected = {
        mark for mark, name in names.items() if name.startswith((*accents, *unseen)) and not name.startswith(kept)
    }
    assert {mark for mark in names if not search_folded(mark)} == expected


def test_a_mark_of_any_script_belongs_to_its_word() -> None:
    marks = characters(lambda char: unicodedata.category(char).startswith("M"))
    torn = [mark for mark in marks if len(list(words(f"ლა{mark}ლა"))) > 1]
    assert [mark for mark in torn if not re.match(f"[{UNSPACED}]", mark)] == []


def test_each_character_is_folded_for_good_and_however_it_is_encoded() -> None:
    odd = [
        char
        for char in characters(lambda char: unicodedata.category(char) not in ("Cs", "Cn", "Co"))
        if len({search_folded(each) for each in (char, search_folded(char), *forms(char))}) > 1
    ]
    assert odd == []


def forms(text: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_texts_that_look_the_same_are_the_same(text: str, form: str) -> None:
    assert search_folded(unicodedata.normalize(form, text)) == search_folded(text)  # type: ignore[arg-type]
