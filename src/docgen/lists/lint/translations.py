"""Words missing in one language of a list that otherwise speaks two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.catalog.model import Catalog
from docgen.locales import words
from docgen.problems import Path, Problem, warning
from docgen.values import LANGUAGES, Text

_HAN = re.compile("[\u3400-\u9fff]")


def texts(catalog: Catalog) -> Iterator[Problem]:
    """Printed words without Chinese or English where others have both.

    A plain text stands for both languages; with Chinese characters in it, it is missing in English.
    """
    printed = list(_printed(catalog))
    if not _is_bilingual([text for _, text, _ in printed]):
        return
    for path, text, subject in printed:
        lacks = "zh-CN" if text.zh is None else "en" if text.en is None or _is_only_chinese(text) else None
        if lacks is not None:
            yield warning("translation_missing", *path, text=str(text)[:60], language=lacks, **subject)


def _is_bilingual(printed: list[Text]) -> bool:
    return any(text.zh and text.en and text.zh != text.en for text in printed)


def _is_only_chinese(text: Text) -> bool:
    return text.zh == text.en and _HAN.search(text.en or "") is not None


def _printed(catalog: Catalog) -> Iterator[tuple[Path, Text, dict[str, str]]]:
    """Every text papers print, where it stands, and the product or rule it belongs to."""
    for index, product in enumerate(catalog.products):
        for key, text in (("name", product.name), ("description", product.description)):
            if text is not None:
                yield ("products", index, key), text, {"sku": product.sku}
    for sku, bundle in catalog.bundles.items():
        for number, group in enumerate(bundle.groups):
            yield ("bundles", sku, "groups", number, "name"), group.name, {"sku": sku}
    for key, family in catalog.families.items():
        yield ("families", key, "name"), family.name, {"rule": key}
    for index, discount in enumerate(catalog.discounts):
        yield ("discounts", index, "name"), discount.name, {"rule": str(discount.name)}
    if catalog.referral is not None:
        yield ("referral", "name"), catalog.referral.name, {"rule": str(catalog.referral.name)}
    for name, parts in catalog.payment_plans.items():
        for number, part in enumerate(parts):
            yield ("payment_plans", name, number, "name"), part.name, {"rule": name}


def units(catalog: Catalog) -> Iterator[Problem]:
    """Units papers have no words for: both languages print them as they are written. Told once each."""
    if not _is_bilingual([text for _, text, _ in _printed(catalog)]):
        return
    known = set.intersection(*({*words(language).groups["units"]} for language in LANGUAGES))
    seen: set[str] = set()
    for index, product in enumerate(catalog.products):
        if product.unit not in known | seen:
            seen.add(product.unit)
            path = ("products", index, "unit")
            yield warning(
                "unit_without_words", *path, unit=product.unit, known="\n".join(sorted(known)), rule=product.unit
            )
