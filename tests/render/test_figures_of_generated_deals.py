"""Engine, JSON, Word and PDF say the same to the cent, on deals nobody thought of.

DOCGEN_THOROUGH=1 asks of 5,000 deals.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import Phase, assume, given, settings

from docgen.answers import customer_figures, price_json
from docgen.content.blocks import Document
from docgen.documents.compose import compose
from docgen.documents.manifest import find_manifest
from docgen.facts import Facts
from docgen.pipeline import paper_data
from docgen.pricing import Quote
from docgen.problems import only_errors
from docgen.reading import Workspace, load_look
from docgen.render import WRITERS
from tests.conftest import SAMPLES, need
from tests.pricing.deals import THOROUGH, World, bounded, mixed_worlds
from tests.reading_papers import words_in_pdf, words_in_word

WORKSPACE = Workspace((SAMPLES.parent,))
LOOK = load_look(WORKSPACE)
PHASES = (Phase.explicit, Phase.generate)
"""Papers are slow to make: a failing deal is shown as it was found, not made small."""
MANY = settings(bounded, max_examples=5000 if THOROUGH else 25, phases=PHASES)
READERS = {"docx": words_in_word, "pdf": words_in_pdf}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?!\d)")


def quotation(facts: Facts) -> Document:
    found, _ = find_manifest("quote", WORKSPACE.template_folders())
    assert found is not None
    return compose(found, facts, ("en",), dt.datetime(2026, 1, 31, tzinfo=dt.UTC))


def numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(text.replace("−", "-")))


def amounts(found: Counter[str]) -> Counter[str]:
    """Those with decimals: page numbers stand on every page of a PDF and once in a Word file."""
    return Counter({number: times for number, times in found.items() if "." in number})


def taxes(quote: Quote) -> set[Decimal]:
    """Inside prices one tax, on top of them one for each rate; none where there is nothing to pay."""
    if quote.tax_inclusive or not quote.totals.customer_tax:
        return {quote.totals.customer_tax} if quote.tax_inclusive else set()
    lines = [line for line in quote.lines if line.counts and line.line.role != "heading" and line.tax_rate]
    rates = {line.tax_rate for line in lines}
    return {sum((customer_figures(line)[1] for line in lines if line.tax_rate == rate), Decimal(0)) for rate in rates}


@MANY
@given(mixed_worlds())
def test_every_amount_of_the_engine_is_in_word_pdf_and_json_to_the_cent(world: World) -> None:
    need("pdftotext")
    facts = world.facts()
    assume(not only_errors(facts.problems))
    quote = facts.quote
    paper = quotation(replace(facts, deal=facts.deal.model_copy(update={"language": ("en",)})))
    word, pdf = (numbers(read(WRITERS[form](paper, LOOK))) for form, read in READERS.items())
    assert amounts(word) == amounts(pdf)
    gross = quote.totals.customer_gross
    of_line = 2 if quote.tax_inclusive else 0
    wanted = {gross, *taxes(quote), *(part.amount for part in quote.payments)}
    wanted |= {customer_figures(line)[of_line] for line in quote.lines if line.line.role in ("single", "part")}
    assert {f"{amount:,.{quote.digits}f}" for amount in wanted} <= set(word) & set(pdf)
    told = price_json(facts)
    assert (told["totals"]["net"], told["totals"]["gross"]) == (str(quote.totals.net), str(quote.totals.gross))
    sent = json.loads(paper_data(paper))
    assert sent["totals"]["gross"] == str(gross)
