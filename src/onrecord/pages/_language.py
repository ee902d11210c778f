"""The language of a page, and whether it is one of those installed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from onrecord.pages._errors import UnreadablePage
from onrecord.pages._words import language_names

# The unrestricted identifier decides that a page is in a language that is not installed only where it is this
# sure, on this many characters: at 300 it told all of 1,500 Danish, Norwegian and Dutch samples apart.
_SURE, _ENOUGH = 0.8, 80
_SAMPLE = 20_000
# Names of the same written language.
_SAME = {"nb": "no"}


def language_of(text: str, installed: Sequence[str], locator: str) -> tuple[str, float]:
    """The language of `text` among those `installed`, and how sure that is, between 0 and 1.

    Raises `UnreadablePage` (`language-not-installed`) where the text is plainly in another.
    """
    sample = text[:_SAMPLE]
    ours = {_SAME.get(code, code): code for code in installed}
    ranked = [(code, score) for code, score in _identifier(None).rank(sample)]
    best, score = ranked[0]
    best = _SAME.get(best, best)
    if best in ours:
        return ours[best], round(score, 4)
    if score >= _SURE and len(sample) >= _ENOUGH:
        name = language_names().get(best, best)
        raise UnreadablePage(
            "language-not-installed",
            f"{locator} is in {name} ({best}); installed are {', '.join(installed)}. "
            f"Leave the page out, or add a language folder for {best}.",
        )
    code, score = _identifier(tuple(ours)).rank(sample)[0]
    return ours[code], round(score, 4)


@cache
def _identifier(only: tuple[str, ...] | None) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if only:
        identifier.set_languages(only)
    return identifier
