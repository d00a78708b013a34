"""Names for clauses: the library's own where a title is known there, else made of the title."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from docgen.intake.outline import Article, is_chinese
from docgen.rewording import similarity

LONGEST = 28
_LIKE = 0.75
_SMALL_WORDS = frozenset(("the", "a", "an", "of", "and", "or", "to", "for", "in", "on", "by", "with"))


class Name(NamedTuple):
    """key: of the new clause; like: the library's clause it resembles, "" for none."""

    key: str
    like: str = ""


Titles = Sequence[tuple[str, str]]
"""The library's titles in any language, each with its clause's key; two clauses may bear one title."""
_ANNEX = "annex"
"""How the library's annexes are named, and no clause of the body."""


def names_for(articles: Sequence[Article], titles: Titles, taken: Collection[str]) -> list[Name]:
    """A name for each article. taken: names that are in use where the clauses go."""
    used = set(taken)
    out: list[Name] = []
    for at, article in enumerate(articles, start=1):
        own = [each for each in titles if each[1].startswith(_ANNEX) == article.is_annex]
        like = _alike(article.title, own)
        wanted = like or _slug(article.title) or (f"annex_{at:02}" if article.is_annex else f"clause_{at:02}")
        key = _free(wanted, used)
        used.add(key)
        out.append(Name(key, like))
    return out


def _alike(title: str, titles: Titles) -> str:
    if not title:
        return ""
    plain = _plain(title)
    scored = [(similarity(plain, _plain(known)), key) for known, key in titles]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _LIKE else ""


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().lower()


def _slug(title: str) -> str:
    """An English title as a name; "" for one in Chinese, which would have to be guessed."""
    if is_chinese(title):
        return ""
    words = [word for word in re.findall(r"[a-z0-9]+", title.lower()) if word not in _SMALL_WORDS]
    out = ""
    for word in words:
        longer = f"{out}_{word}" if out else word
        if len(longer) > LONGEST:
            break
        out = longer
    return out if re.fullmatch(r"[a-z][a-z0-9_]+", out) else ""


def _free(wanted: str, used: Collection[str]) -> str:
    key, count = wanted, 1
    while key in used:
        count += 1
        key = f"{wanted[: LONGEST - 1 - len(str(count))]}_{count}"
    return key
