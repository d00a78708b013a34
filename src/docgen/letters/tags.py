"""What the tag of a content control asks for, and the names it may use.

customer.name          a text or number of the deal
block:price-table      a table or block, as the slots of other templates
if:customer.address    kept where the deal states it; `if:not …` where it does not
each:lines             its content once for each; inside, `line.name`, `line.net`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from docgen.contract.names import PRINTABLE, kinds
from docgen.documents.components import COMPONENTS, INTERNAL
from docgen.documents.projection.names import ASKED, PRINTED, REPEATED, groups
from docgen.values import Text
from docgen.vocabulary import Audience

NOT_IN_LETTERS = frozenset({"cover", "contents", "contract-cover", "contract-contents", "page-break"})
"""Blocks that make pages: a letter has its own, and Word its own table of contents."""
OF_A_CONTRACT = frozenset({"contract-key-terms", "contract-body", "deviations", "contract-approvals", "clause-list"})
"""Blocks of a contract's draft, which only papers made of one have: in a resale it is with the partner."""
_FOREIGN = ("goog_rdk_",)
"""Tags other programs put on controls of their own."""
Kind = Literal["text", "block", "if", "each"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag read. `raw`: as written; `negated`: `if:not`."""

    raw: str
    kind: Kind
    name: str
    negated: bool = False


def read_tag(raw: str) -> Tag | None:
    """None for a control without a tag, or with another program's."""
    text = " ".join(raw.split())
    if not text or text.startswith(_FOREIGN):
        return None
    head, colon, rest = text.partition(":")
    head, rest = head.strip().lower(), rest.strip()
    if not colon or head not in ("block", "if", "each"):
        return Tag(text, "text", text)
    if head == "if" and rest.lower().startswith("not "):
        return Tag(text, "if", rest[4:].strip(), negated=True)
    kind: Kind = "block" if head == "block" else "if" if head == "if" else "each"
    return Tag(text, kind, rest)


@dataclass(frozen=True)
class Names:
    """What tags of one letter may name, by kind. `loops`: by list, what its items are called."""

    printed: frozenset[str]
    asked: frozenset[str]
    blocks: frozenset[str]
    loops: Mapping[str, str] = field(default_factory=lambda: {name: item for name, (item, _, _) in REPEATED.items()})

    def known(self, kind: Kind) -> frozenset[str]:
        return {"text": self.printed, "if": self.asked, "block": self.blocks, "each": frozenset(self.loops)}[kind]

    def suggestions(self, tag: Tag) -> Sequence[str]:
        """Tags as they could have been meant."""
        start = f"{tag.kind}:" if tag.kind != "text" else ""
        start += "not " if tag.negated else ""
        found = [f"{start}{name}" for name in sorted(self.known(tag.kind))]
        if tag.kind == "text":  # somebody may have forgotten what a word is
            found += [f"block:{name}" for name in sorted(self.blocks)] + [f"each:{name}" for name in self.loops]
        return found

    def inside(self, loop: str) -> Names:
        """The names in a control that repeats."""
        item, words, flags = REPEATED[loop]
        own = {f"{item}.{word}" for word in words.split()} or {item}
        asked = own | {f"{item}.{flag}" for flag in flags.split()}
        return Names(self.printed | own, self.asked | asked, self.blocks, self.loops)


def names_for(audience: Audience, *, contract: bool) -> Names:
    """The names a letter for these readers may use; with `contract` also the facts of the deal's contract draft."""
    printed, asked = PRINTED, PRINTED | ASKED | frozenset(REPEATED)
    asked |= groups(asked)
    if contract:
        facts = kinds()
        asked |= frozenset(facts) | groups(frozenset(facts))
        printed |= frozenset(_printable()) - groups(PRINTED)
    refused = NOT_IN_LETTERS | (frozenset() if contract else OF_A_CONTRACT)
    blocks = frozenset(COMPONENTS) - refused - (frozenset() if audience == "internal" else INTERNAL)
    return Names(printed, asked, blocks)


def _printable() -> Iterator[str]:
    for name, kind in kinds().items():
        if kind.type in (*PRINTABLE, Fraction, Text) and kind.type is not bool:
            yield name
