"""Review comments in a tree: found, set below what they are about, taken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docgen.content.blocks import (
    Captioned,
    Clause,
    Columns,
    Comment,
    Commented,
    Document,
    Facts,
    Heading,
    ListBlock,
    Paragraph,
    Remarked,
    Table,
    Together,
    text_of,
)
from docgen.content.walk import changed, nodes


def without_comments(document: Document) -> Document:
    """The paper as it may leave the house: what comments stood beside stays, they go."""
    return replace(document, blocks=changed(document.blocks, _bare), review=False)


def _bare(node: Any) -> Any:
    if isinstance(node, Commented):
        return node.block
    return replace(node, comments=()) if isinstance(node, Remarked) and node.comments else node


def comments_below(document: Document) -> Document:
    """For a page that has no margin: comments on words become comments on the block that holds them."""
    return replace(document, blocks=_below(document.blocks))


_HOLDERS = (Paragraph, Heading, Clause, Table, Facts)


def _below(node: Any) -> Any:
    if isinstance(node, _HOLDERS):
        found = tuple(_quoting(comment, words) for comment, words in comments_in(node))
        return Commented(node, found) if found else node
    if isinstance(node, tuple):
        return tuple(_below(each) for each in node)
    if isinstance(node, Together):
        return replace(node, blocks=_below(node.blocks))
    if isinstance(node, Columns):
        return replace(node, columns=_below(node.columns))
    if isinstance(node, ListBlock):
        return replace(node, items=_below(node.items))
    if isinstance(node, Commented):
        inner = _below(node.block)
        if isinstance(inner, Commented):
            return Commented(inner.block, node.comments + inner.comments)
        return replace(node, block=inner)
    return _captioned_below(node) if isinstance(node, Captioned) else node


def _captioned_below(node: Captioned) -> Captioned | Commented:
    """A caption and what it belongs to are one: their comments stand below both."""
    inner = _below(node.block)
    block, inside = (inner.block, inner.comments) if isinstance(inner, Commented) else (inner, ())
    own = tuple(_quoting(comment, words) for comment, words in comments_in(node.content))
    bare = replace(node, block=block)
    return Commented(bare, own + inside) if own or inside else bare


def _quoting(comment: Comment, words: str) -> Comment:
    return replace(comment, text=f"{words}: {comment.text}")


def comments_in(tree: Any) -> Iterator[tuple[Comment, str]]:
    """The comments inside a block, each with the words it stands beside ("" where it is about the whole)."""
    for node in nodes(tree, Remarked):
        for comment in node.comments:
            yield comment, text_of(node.content).replace("\n", " ")


def has_comments(blocks: Any) -> bool:
    """Whether a review comment stands beside a block; words inside tables and paragraphs are not looked through."""
    for block in blocks:
        if isinstance(block, Commented):
            return True
        inner = (
            block.columns
            if isinstance(block, Columns)
            else block.items
            if isinstance(block, ListBlock)
            else (block.blocks,)
            if isinstance(block, Together)
            else ((block.block,),)
            if isinstance(block, Captioned)
            else ()
        )
        if any(map(has_comments, inner)):
            return True
    return False


def commented_below(document: Document) -> Document:
    """For writers without margins: a paper under review with its comments below what they are about, any other paper
    with none."""
    if not document.review and not has_comments(document.blocks):
        return document
    return comments_below(document) if document.review else without_comments(document)
