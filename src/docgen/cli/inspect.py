"""price, explain, list: look at a deal, write nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from docgen.catalog import Product
from docgen.cli.common import DEFAULT_DEAL, EXIT_ERRORS, alternative_option, priced, workspace_for
from docgen.cli.show import show_card, show_partner, show_problems, show_quote, show_table, show_totals
from docgen.cli.show_approvals import show_verdict
from docgen.cli.side_by_side import show_alternatives
from docgen.facts import Facts
from docgen.money import plain
from docgen.pricing import QuoteLine
from docgen.problems import Place, problem
from docgen.reading import Workspace, load_catalog
from docgen.spelling import closest
from docgen.values import LANGUAGES

_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.command("price")
@click.argument("deal", default=DEFAULT_DEAL)
@alternative_option
@_FORMAT
@click.pass_context
def price_command(ctx: click.Context, deal: str, alternative: str | None, form: str) -> None:
    """Show lines, totals, taxes and payments of DEAL, margin included: for the house, not for the customer.

    \b
    docgen price deal.yaml
    docgen price deal.yaml --alternative Enterprise
    docgen price deal.yaml --format json
    """
    from docgen.answers import price_json

    facts = priced(ctx, deal, alternative, quiet=form == "json")
    if form == "json":
        click.echo(json.dumps(price_json(facts), ensure_ascii=False, indent=1))
    else:
        from docgen.cli.waterfall import show_near_misses

        show_quote(facts)
        show_alternatives(facts)
        click.echo()
        show_verdict(facts)
        show_near_misses(facts)


@click.command("explain")
@click.argument("deal", default=DEFAULT_DEAL)
@click.argument("line", required=False)
@alternative_option
@click.option("--contract", is_flag=True, help="Show why each clause of the contract is in or out; LINE: one clause.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="Of --contract.")
@click.pass_context
def explain_command(
    ctx: click.Context, deal: str, line: str | None, alternative: str | None, contract: bool, form: str
) -> None:
    """Show the price waterfall of DEAL, or of one LINE (its number or SKU): every step, its rule and where that stands.
    With --contract: why each clause is in or out, in which text, and who must agree.

    \b
    docgen explain deal.yaml
    docgen explain deal.yaml E3-FIN
    docgen explain deal.yaml E3-FIN --alternative Enterprise
    docgen explain deal.yaml --contract
    docgen explain deal.yaml liability_cap --contract
    """
    if contract:
        _explain_contract(ctx, deal, line, form)
        return
    from docgen.cli.waterfall import show_near_misses, show_waterfall

    facts = priced(ctx, deal, alternative)
    chosen = _chosen(facts, line)
    if line is None:
        show_card(facts)
        show_alternatives(facts)
        click.echo()
    show_waterfall(facts, chosen)
    if line is None:
        click.echo()
        show_totals(facts)
        show_partner(facts, sources=True)
    show_near_misses(facts, {each.number for each in chosen})


def _explain_contract(ctx: click.Context, deal: str, clause: str | None, form: str) -> None:
    from docgen.cli.show_contract import reasons_json, show_reasons

    facts = priced(ctx, deal, document="contract")
    draft = facts.draft
    if draft is None or not draft.facts.contract.types:
        show_problems([problem("no_contract_book" if draft is None else "no_contract_type").at(Place(deal))])
        ctx.exit(EXIT_ERRORS)
    if clause is not None and clause not in draft.library.clauses:
        near = closest(clause, list(draft.library.clauses))
        meant = f"; did you mean {near}?" if near else ""
        raise click.BadParameter(f"there is no clause {clause}{meant}", param_hint="LINE")
    if form == "json":
        click.echo(json.dumps(reasons_json(draft, facts.deal.language[0], clause), ensure_ascii=False, indent=1))
        return
    show_card(facts)
    show_reasons(facts, draft, only=clause)


def _chosen(facts: Facts, line: str | None) -> list[QuoteLine]:
    if line is None:
        return list(facts.quote.lines)
    found = [each for each in facts.quote.lines if line in (str(each.number), each.line.sku)]
    if not found:
        raise click.BadParameter(
            f"there is no line {line}; lines are 1 to {len(facts.quote.lines)}, or a SKU", param_hint="LINE"
        )
    headings = [part for each in found if each.line.role == "heading" for part in facts.quote.parts_of(each)]
    return [*found, *headings]


@click.command("list")
@click.argument("price_list", required=False)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the products' names; default: the list's country's.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def list_command(ctx: click.Context, price_list: str | None, language: str | None, form: str) -> None:
    """Name the documents that can be made, and the price lists; with PRICE_LIST its products.

    \b
    docgen list
    docgen list erp-cn --language en
    """
    workspace = workspace_for(ctx, Path.cwd() / "deal.yaml")
    if price_list is not None:
        _list_products(ctx, workspace, price_list, language, form)
        return
    answer = {"documents": _documents(workspace), "price_lists": _price_lists(workspace)}
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    documents = [(d["document"], d["title"], d["audience"], ", ".join(d["languages"])) for d in answer["documents"]]
    show_table(("document", "title", "for", "languages"), documents, set())
    click.echo()
    lists = [
        (p["price_list"], p["edition"], p["currency"], p["valid"], str(p["products"])) for p in answer["price_lists"]
    ]
    show_table(("price list", "edition", "currency", "valid", "products"), lists, {4})
    click.echo("\n  the products of one: docgen list NAME")


def _documents(workspace: Workspace) -> list[dict[str, Any]]:
    from docgen.documents.manifest import find_manifest, manifests

    folders = workspace.template_folders()
    found = ((name, find_manifest(name, folders)[0]) for name in manifests(folders))
    return [
        {
            "document": name,
            "title": each.manifest.title.get("en"),
            "audience": each.manifest.audience,
            "languages": list(each.manifest.languages),
        }
        for name, each in found
        if each is not None
    ]


def _price_lists(workspace: Workspace) -> list[dict[str, Any]]:
    loaded = [(name, load_catalog(path).model) for name, paths in workspace.price_lists().items() for path in paths]
    return [
        {
            "price_list": name,
            "edition": catalog.edition,
            "currency": catalog.currency,
            "valid": f"{catalog.valid.first or '…'} to {catalog.valid.until or '…'}",
            "products": len(catalog.by_sku),
        }
        for name, catalog in loaded
        if catalog is not None
    ]


def _list_products(ctx: click.Context, workspace: Workspace, name: str, language: str | None, form: str) -> None:
    loaded, problems = workspace.catalog(name, None)
    if loaded is None or loaded.model is None:
        show_problems([replace(p, path=()) for p in problems] + list(loaded.problems if loaded else ()))
        ctx.exit(EXIT_ERRORS)
    catalog = loaded.model
    language = language or ("zh-CN" if catalog.currency == "CNY" else "en")
    products = [(p.sku, p.name.get(language), p.kind, p.unit, p.per or "", _price(p)) for p in catalog.products]
    heads = ("sku", "name", "kind", "unit", "per", "price")
    if form == "json":
        click.echo(json.dumps([dict(zip(heads, row, strict=True)) for row in products], ensure_ascii=False, indent=1))
    else:
        show_table(heads, products, {5})


def _price(product: Product) -> str:
    """What the list says of a price, in one word: never cost or floor."""
    if product.percent_of is not None:
        return f"{plain(product.percent_of.rate * 100)}% of others"
    if product.kind == "bundle":
        return "its parts"
    return "by tiers" if product.unit_price is None else plain(product.unit_price)
