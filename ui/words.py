"""Every sentence the person reads, in Vietnamese or English; no Qt.

English sentences stand in the code and are the keys; ``ui/i18n`` holds the
Vietnamese ones as gettext catalogues, so that both faces share them.
"""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache
from importlib.resources import as_file, files

from annotations.errors import ChuGiaiError
from ui.singular import SINGULAR

LANGUAGES = ("en", "vi")


def language() -> str:
    """``vi`` or ``en``: what CHUGIAI_LANGUAGE says, else the language of the computer."""
    return _language(os.environ.get("CHUGIAI_LANGUAGE", ""))


@cache
def _language(said: str) -> str:
    """Asking the computer takes long beside a sentence, and its answer stays."""
    wanted = said or locale.getlocale()[0] or ""
    return "vi" if wanted.lower().startswith(("vi", "vietnam")) else "en"


@cache
def _catalogue(wanted: str) -> gettext.NullTranslations:
    with as_file(files("ui") / "i18n") as folder:
        return gettext.translation("chugiai", folder, languages=[wanted], fallback=True)


def tr(sentence: str, **values: object) -> str:
    """``sentence`` in the interface language, its ``{name}`` places filled from ``values``; a ``count`` of 1 is told."""
    shown = _catalogue(language()).gettext(sentence)
    if shown == sentence and sentence in SINGULAR and values.get("count") in (1, "1"):
        shown = SINGULAR[sentence]
    return shown.format(**values) if values else shown


def explain(error: ChuGiaiError) -> str:
    """The error's one sentence in the interface language."""
    return tr(error.sentence, **error.values)
