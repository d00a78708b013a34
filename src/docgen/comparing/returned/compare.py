"""Our draft and the file that came back, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from docgen.comparing.returned.findings import Finding, How, Noted, Owners, Returned, Sources, Spot
from docgen.comparing.returned.grids import compare_grids
from docgen.comparing.returned.passages import Paper, Passage, even, headings, paper_of
from docgen.comparing.returned.told import Teller
from docgen.rewording import Pairing, edits, only_figures_changed, pair
from docgen.wordfile import Paragraph, WordFile, accepted, rejected
from docgen.wordfile.model import paragraphs

_LOUD = 0.9
"""The share of a conspicuous passage's characters that must still be bold and underlined."""


def compare_returned(
    ours: WordFile, theirs: WordFile, *, sources: Sources | None = None, owners: Owners | None = None
) -> Returned:
    """What changed from our draft to the file that came back, in the order of the draft."""
    after, earlier = attrgetter("text"), attrgetter("text_before")
    sent, now, then = accepted(ours.blocks), accepted(theirs.blocks), rejected(theirs.blocks)
    known = {*headings(sent, after, lines=True), *headings(now, after, lines=False)}
    draft = paper_of(sent, after, known)
    back = paper_of(now, after, known)
    before = paper_of(then, earlier, known | {*headings(then, earlier, lines=False)})
    papers = _Papers(draft, back, before)
    teller = Teller(sources or {}, owners or {})
    found = [*papers.findings(), *compare_grids(draft.grids, back.grids, before.grids)]
    told = tuple(teller.told(each) for _, each in sorted(found, key=lambda placed: placed[0]))
    return Returned(told, tuple(_remarks(theirs, papers)))


class _Papers:
    """The three rows of passages: what we sent, what came back, and what came back with all tracked changes undone."""

    def __init__(self, draft: Paper, back: Paper, before: Paper) -> None:
        self.draft, self.back, self.before = draft.passages, back.passages, before.passages
        self.now = _paired(self.draft, self.back)
        self.then = _paired(self.draft, self.before)
        self.partner = {j: i for i, j in self.now.pairs}
        self._then_of = dict(self.then.pairs)

    def findings(self) -> Iterator[tuple[tuple[int, int], Finding]]:
        """Each with its place in the draft, to sort by."""
        for i, j in self.now.pairs:
            found = [*self._reworded(i, j), *self._moved(i, j), *_notes(self.draft[i], self.back[j])]
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
        if one.text != other.text and one.masked != other.masked:
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
            yield Finding("plain", one.spot, old=one.text, new=other.text)

    def _how(self, i: int, other: Passage) -> How:
        """Tracked where undoing the tracked changes gives our words again, in the paragraph as it is or as it was."""
        then = self._then_of.get(i)
        undone = (even(other.block.text_before), self.before[then].text if then is not None else "")
        if self.draft[i].text in undone:
            return "tracked"
        return "both" if other.block.changes else "silent"

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


def _paired(ours: tuple[Passage, ...], theirs: tuple[Passage, ...]) -> Pairing:
    return pair([each.item for each in ours], [each.item for each in theirs])


def _notes(one: Passage, other: Passage) -> Iterator[Finding]:
    """Footnotes and text boxes that came in: words of weight that stand in no paragraph."""
    for mine, new in ((one.block.notes, other.block.notes), (one.block.boxed, other.block.boxed)):
        for text in (Counter(map(even, new)) - Counter(map(even, mine))).elements():
            if text:
                yield Finding("note", one.spot, new=text, by=other.block.changes)


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
