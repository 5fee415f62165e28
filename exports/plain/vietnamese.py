"""How far a text is spelled like Vietnamese: what tells a right decoding from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ONSET_WORDS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x đ"
_ONSETS = frozenset(["", *_ONSET_WORDS.split()])
_RIME_WORDS = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu o oc oi om on ong oong ooc
    op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn
    ông ôp ôt ơ ơi ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh
    uơ uy uya uych uynh uyên uyêt uyt uyu uyn uyp ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu y
    yêm yên yêng yêt yêu yêc ych ynh yt êc eng êt
"""
_RIMES = frozenset(_RIME_WORDS.split())
_STOPS = ("c", "p", "t", "ch")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = ("", "\u0301", "\u0323")
_SPLIT = re.compile(r"(ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx]?)(.*)", re.DOTALL)
_PIECE = re.compile(r"[^\W\d_]+|[^\w\s]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PUNCTUATION = frozenset("–—‘’“”„…•·°«»×÷±§₫®©™½²³→●○■□◦▪‑\u200b\u200e\ufeff\u00ad")
_ABBREVIATION = re.compile(r"[A-ZĐƯ]{2,8}")


@dataclass(frozen=True, slots=True)
class Spelling:
    """``good`` and ``bad`` pieces of a text, counting only pieces with a character beyond ASCII."""

    good: int
    bad: int

    @property
    def share(self) -> float:
        """Share of good pieces, 0..1; 0 when nothing was counted."""
        return self.good / (self.good + self.bad) if self.good else 0.0


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC) is spelled as one Vietnamese syllable can be."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in parts if c in _TONES)
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if plain.endswith(_STOPS) and tones not in _STOP_TONES:
        return False
    match = _SPLIT.fullmatch(plain)
    if match is None or match[1] not in _ONSETS:
        return False
    rime = match[2]
    # "gì", "giếng": the i of "gi" is also the vowel
    return rime in _RIMES or (match[1] == "gi" and "i" + rime in (_RIMES | {"i"}))


def spelling(text: str) -> Spelling:
    """Count how the pieces of ``text`` with characters beyond ASCII are spelled."""
    good = bad = 0
    for piece in _PIECE.findall(text):
        if piece.isascii() and piece.isprintable():
            continue
        if piece in _PUNCTUATION or _ABBREVIATION.fullmatch(piece):
            continue
        if _is_word(piece):
            good += 1
        else:
            bad += 1
    return Spelling(good, bad)


def _is_word(piece: str) -> bool:
    """A syllable whose capitals stand where people put them."""
    return (piece[1:].islower() or piece[1:] == "" or piece.isupper()) and is_syllable(piece)
