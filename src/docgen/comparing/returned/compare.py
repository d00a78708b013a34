"""Our draft and the file that came back, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from docgen.comparing.returned.findings import Finding, How, Noted, Owners, Returned, Sources, Spot
from docgen.comparing.returned.grids import compare_grids
from docgen.comparing.returned.passages import Paper, Passage, even, headings, notes_come, paper_of, split_number
from docgen.comparing.returned.references import References
from docgen.comparing.returned.told import Teller
from docgen.rewording import Pairing, edits, only_figures_changed, pair
from docgen.wordfile import Paragraph, WordFile, accepted, rejected
from docgen.wordfile.model import Block, paragraphs

_LOUD = 0.9
"""The share of a conspicuous passage's characters that must still be bold and underlined."""


def compare_returned(
    ours: WordFile, theirs: WordFile, *, sources: Sources | None = None, owners: Owners | None = None
) -> Returned:
    """What changed from our draft to the file that came back, in the order of the draft."""
    after, earlier = attrgetter("text"), attrgetter("text_before")
    sent, now, then = accepted(ours.blocks), accepted(theirs.blocks), rejected(theirs.blocks)
    known = {*headings(sent, after, lines=True), *headings(now, after, lines=False)}
    typed = 2 * _numbered(now) < _numbered(sent)
    draft = paper_of(sent, after, known)
    back = paper_of(now, after, known, typed=typed)
    before = paper_of(then, earlier, known | {*headings(then, earlier, lines=False)}, typed=typed)
    papers = _Papers(draft, back, before)
    teller = Teller(sources or {}, owners or {})
    grids = compare_grids(draft.grids, back.grids, before.grids, papers.now)
    found = [*papers.findings(), *grids, *_unseen(draft, back)]
    told = tuple(teller.told(each) for _, each in sorted(found, key=lambda placed: placed[0]))
    return Returned(told, tuple(_remarks(theirs, papers)))


def _numbered(blocks: Sequence[Block]) -> int:
    """Paragraphs Word counts. Where most lost that, as in a paper somebody retyped, numbers may stand in the text."""
    return sum(isinstance(block, Paragraph) and bool(block.label) for block in blocks)


class _Papers:
    """The three rows of passages: what we sent, what came back, and what came back with all tracked changes undone."""

    def __init__(self, draft: Paper, back: Paper, before: Paper) -> None:
        self.draft, self.back, self.before = draft.passages, back.passages, before.passages
        self.now = _paired(self.draft, self.back)
        self.back = _with_own_figures(self.draft, self.back, self.now)
        self.then = _paired(self.draft, self.before)
        self.partner = {j: i for i, j in self.now.pairs}
        self.references = References(self.draft, self.back)
        self.levels = _levels([(self.draft[i].block.level, self.back[j].block.level) for i, j in self.now.pairs])
        self._then_of = dict(self.then.pairs)

    def findings(self) -> Iterator[tuple[tuple[int, int], Finding]]:
        """Each with its place in the draft, to sort by."""
        for i, j in self.now.pairs:
            found = [
                *self._reworded(i, j),
                *self._moved(i, j),
                *self._level(i, j),
                *_notes(self.draft[i], self.back[j]),
            ]
            yield from (((i, 0), each) for each in found)
        for i in self.now.gone:
            yield (i, 0), self._deleted(i)
        for j in self.now.come:
            yield (self.host(j), 1 + j), self._added(j)

    def host(self, j: int) -> int:
        """The passage of ours behind which a passage that came in stands; -1 for the very top."""
        return next((self.partner[above] for above in range(j - 1, -1, -1) if above in self.partner), -1)

    def spot_of(self, j: int) -> Spot:
        """Where a passage of the returned file stands, in our numbers."""
        if j in self.partner:
            return self.draft[self.partner[j]].spot
        host = self.host(j)
        return replace(self.draft[host].spot, after=True) if host >= 0 else Spot(after=True)

    # -- one passage --------------------------------------------------------------------------------------------------
    def _reworded(self, i: int, j: int) -> Iterator[Finding]:
        one, other = self.draft[i], self.back[j]
        elsewhere = self.references.led_elsewhere(one, other)
        if one.text == other.text and elsewhere:
            yield Finding("reference", one.spot, one.text, elsewhere, edits=edits(one.text, elsewhere))
        elif one.text != other.text and one.masked(_always) != other.masked(self.references.holds):
            yield Finding(
                kind="figure" if only_figures_changed(one.text, other.text) else "reworded",
                spot=one.spot,
                old=one.text,
                new=other.text,
                edits=edits(one.text, other.text),
                how=self._how(i, other),
                by=other.block.changes,
            )
        if _is_loud(one.block) and not _is_loud(other.block):
            by = other.block.reformatted
            yield Finding("plain", one.spot, old=one.text, new=other.text, how="tracked" if by else "silent", by=by)

    def _how(self, i: int, other: Passage) -> How:
        """Tracked where undoing the tracked changes gives our words again, in the paragraph as it is or as it was."""
        then = self._then_of.get(i)
        earlier = even(other.block.text_before)
        undone = (
            split_number(earlier)[1] if other.typed else earlier,
            self.before[then].text if then is not None else "",
        )
        if self.draft[i].text in undone:
            return "tracked"
        return "both" if other.block.changes else "silent"

    def _level(self, i: int, j: int) -> Iterator[Finding]:
        """A paragraph became an item, or lost its number: told where it did not happen to all of its kind, as when
        somebody pasted the whole into another file."""
        one, other = self.draft[i], self.back[j]
        is_numbered = one.block.label or other.block.label
        if is_numbered and other.block.level != self.levels[one.block.level] and one.text == other.text:
            by = other.block.reformatted
            number = other.spot.number if other.block.label else "–"
            how: How = "tracked" if by else "silent"
            yield Finding("level", one.spot, one.text, other.text, number, how=how, by=by)

    def _moved(self, i: int, j: int) -> Iterator[Finding]:
        if (i, j) in self.now.moved:
            moved_then = any(each[0] == i for each in self.then.moved)
            how: How = "silent" if moved_then or not self.back[j].block.changes else "tracked"
            spot, text = self.draft[i].spot, self.draft[i].text
            after = self._number_above(j)
            yield Finding(
                "moved", spot, text, self.back[j].text, how=how, by=self.back[j].block.changes, now_after=after
            )

    def _number_above(self, j: int) -> str:
        stayed = {at for each in self.now.pairs if each not in self.now.moved for at in each[1:]}
        above = next((each for each in range(j - 1, -1, -1) if each in stayed), None)
        return self.draft[self.partner[above]].spot.number if above is not None else ""

    def _deleted(self, i: int) -> Finding:
        """Tracked where the passage is there as long as the tracked changes are undone."""
        one = self.draft[i]
        then = self._then_of.get(i)
        own = self.before[then].block.changes if then is not None else ()
        is_tracked = then is not None and self.before[then].text == one.text
        by = own or next((each.block.changes for each in self.back if each.names & one.names), ())
        how: How = "tracked" if is_tracked else "both" if own else "silent"
        return Finding("deleted", one.spot, old=one.text, how=how, by=by if is_tracked or own else ())

    def _added(self, j: int) -> Finding:
        block = self.back[j].block
        before = even(block.text_before)
        how: How = "tracked" if block.changes and not before else "both" if block.changes else "silent"
        return Finding("added", self.spot_of(j), new=self.back[j].text, how=how, by=block.changes)


def _with_own_figures(ours: tuple[Passage, ...], theirs: tuple[Passage, ...], pairing: Pairing) -> tuple[Passage, ...]:
    """Their passages; a number typed before one that has none in our draft belongs to its words."""
    whole = {
        j: replace(theirs[j], text=even(theirs[j].block.text), typed="")
        for i, j in pairing.pairs
        if theirs[j].typed and not ours[i].block.label
    }
    return tuple(whole.get(j, each) for j, each in enumerate(theirs))


def _levels(pairs: Sequence[tuple[int | None, int | None]]) -> Mapping[int | None, int | None]:
    """Of each level of ours, the level most of its paragraphs have in the file that came back; as it was in doubt."""
    out: dict[int | None, int | None] = {}
    for level in {one for one, _ in pairs}:
        counted = Counter(other for one, other in pairs if one == level)
        out[level] = max(counted, key=lambda other: (counted[other], other == level))
    return out


def _always(_name: str, _shown: str) -> bool:
    return True


def _paired(ours: tuple[Passage, ...], theirs: tuple[Passage, ...]) -> Pairing:
    return pair([each.item for each in ours], [each.item for each in theirs])


def _notes(one: Passage, other: Passage) -> Iterator[Finding]:
    for text, by in notes_come([one.block], [other.block]):
        yield Finding("note", one.spot, new=text, by=by)


def _unseen(draft: Paper, back: Paper) -> Iterator[tuple[tuple[int, int], Finding]]:
    """Words that came in where no reader sees them. Those of ours that were hidden are told as deleted."""
    said = {each.text for each in draft.unseen}
    shown = "\n".join([*(each.text for each in draft.passages), *(even(grid.table.text) for grid in draft.grids)])
    for each in back.unseen:
        if each.text not in said and each.text not in shown:
            yield (each.at - 1, 0), Finding("hidden", each.spot, new=each.text)


def _is_loud(block: Paragraph) -> bool:
    """Whether the passage is printed so that nobody misses it: bold and underlined."""
    shown = [piece for piece in block.pieces if piece.deleted is None]
    size = sum(len(piece.text) for piece in shown)
    loud = sum(len(piece.text) for piece in shown if piece.bold and piece.underlined)
    return size > 0 and loud >= _LOUD * size


# ---- comments -------------------------------------------------------------------------------------------------------
def _remarks(theirs: WordFile, papers: _Papers) -> Iterator[Noted]:
    places: dict[str, tuple[Spot, str]] = {}
    for j, passage in enumerate(papers.back):
        for number in passage.block.remarks:
            places.setdefault(number, (papers.spot_of(j), passage.text))
    inside: Mapping[str, str] = {
        number: even(each.text) for each in paragraphs(theirs.blocks) for number in each.remarks
    }
    for each in theirs.remarks:
        spot, about = places.get(each.number, (Spot(), inside.get(each.number, "")))
        yield Noted(spot, each.author, each.date, each.text, about)
