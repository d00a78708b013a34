"""Papers of earlier builds that no deal makes any more: the deal is gone, its list is shorter, its number another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.batch.cache import Cache, KeptDeal
from docgen.batch.results import BuiltDeal


def left_over(cache: Cache, before: Mapping[str, KeptDeal], built: Mapping[str, BuiltDeal]) -> tuple[str, ...]:
    """Names below the out folder, sorted. `before`: what was kept; `built`: the deals of this build, under the names
    they are kept by. A deal with errors, or elsewhere, may make its papers again."""
    found = {
        *cache.left,
        *(name for key, deal in before.items() for name in _of_deal(cache, key, deal, built.get(key))),
    }
    made = {name for deal in built.values() for paper in deal.papers for name in paper.files}
    elsewhere = (deal for key, deal in before.items() if key not in built and not cache.is_gone(key))
    made |= {name for deal in elsewhere for paper in deal.papers.values() for name in paper.files}
    return tuple(sorted(name for name in found - made if (cache.out / name).is_file()))


def _of_deal(cache: Cache, key: str, kept: KeptDeal, built: BuiltDeal | None) -> Iterator[str]:
    if built is None:
        documents = set() if cache.is_gone(key) else set(kept.papers)
    elif built.has_failed:
        documents = set(kept.papers)
    else:
        documents = {paper.document for paper in built.papers if built.number == kept.number}
    for document, paper in kept.papers.items():
        if document not in documents:
            yield from paper.files
