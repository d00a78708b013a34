"""What stands in a line: words as Word's runs, each with a character style at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docgen.content.blocks import (
    Break,
    Comment,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Quiet,
    Reference,
    Remarked,
    Strong,
    Text,
)
from docgen.render.docx.context import Context
from docgen.render.docx.xml import attribute, escape, has_chinese, split_chinese, wants_chinese_punctuation

_OUTSIDE = ("http://", "https://", "mailto:")
RUN = '<w:r><w:t xml:space="preserve">'
END = "</w:t></w:r>"


class Mark(NamedTuple):
    """What applies to a stretch of words. `named`: a character style asked for by name, as a fact's label has.
    `underlined`, of words a reader must not miss: with `strong` set directly, so that they stay so in any style."""

    strong: bool = False
    emphasis: bool = False
    quiet: bool = False
    link: bool = False
    named: str = ""
    underlined: bool = False


PLAIN = Mark()


def runs(content: Inlines, context: Context, mark: Mark = PLAIN) -> str:
    """The line's content. Nearly every table cell is one plain text, so that road is short."""
    if len(content) == 1 and mark is PLAIN:
        only = content[0]
        if type(only) is Text:
            return text_run(only.text, context, mark)
    return "".join([_run(node, context, mark) for node in content])


def _run(node: Inline, context: Context, mark: Mark) -> str:
    match node:
        case Text(text):
            return text_run(text, context, mark)
        case Break():
            return "<w:r><w:br/></w:r>"
        case Strong(content):
            return runs(content, context, mark._replace(strong=True))
        case Emphasis(content):
            return runs(content, context, mark._replace(emphasis=True))
        case Quiet(content):
            return runs(content, context, mark._replace(quiet=True))
        case Link(url, content):
            return _link(url, content, context, mark)
        case Reference():
            return _reference(node, context, mark)
        case Remarked(content, comments):
            return commented_runs(runs(content, context, mark), comments, context)


_SWITCHES = {"section": "\\r ", "clause": "\\r ", "clause_whole": "\\w "}
"""What Word shows of the paragraph referred to: its number, or that together with those above it."""


def _reference(node: Reference, context: Context, mark: Mark) -> str:
    """Word follows the number or title when the paper changes; the words around it are plain."""
    shown = text_run(node.shown, context, mark)
    if node.anchor in context.anchors:
        look = look_of(context, mark) if mark.underlined else ""
        shown = field(f"REF {context.bookmark(node.anchor)} {_SWITCHES.get(node.kind, '')}\\h", shown, look)
    return f"{text_run(node.before, context, mark)}{shown}{text_run(node.after, context, mark)}"


def field(code: str, shown: str, look: str = "") -> str:
    """A field with the result a reader sees before Word ever looks at it. look: run properties of a result that Word
    makes anew."""
    run = f"<w:r>{look}"
    return (
        f'{run}<w:fldChar w:fldCharType="begin"/></w:r>{run}<w:instrText xml:space="preserve"> '
        f'{code} </w:instrText></w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        f'{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def look_of(context: Context, mark: Mark) -> str:
    """The run properties of words so marked."""
    return _properties(context, mark, upright=False, hint=False)


def commented_runs(words: str, comments: Iterable[Comment], context: Context) -> str:
    """Words with review comments around them, on a paper that shows any."""
    if not context.document.review:
        return words
    for comment in comments:
        number = len(context.comments)
        context.comments.append(comment)
        words = (
            f'<w:commentRangeStart w:id="{number}"/>{words}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
        )
    return words


def _link(url: str, content: Inlines, context: Context, mark: Mark) -> str:
    inner = mark._replace(link=True)
    if url.startswith("#") and url[1:] in context.anchors:
        target = f'w:anchor="{context.bookmark(url[1:])}"'
    elif url.lower().startswith(_OUTSIDE):
        target = f'r:id="{context.link(url)}"'
    else:
        return runs(content, context, mark)
    return f'<w:hyperlink {target} w:history="1">{runs(content, context, inner)}</w:hyperlink>'


def text_run(text: str, context: Context, mark: Mark = PLAIN) -> str:
    if not text:
        return ""
    if mark.emphasis and has_chinese(text):
        return "".join([_piece(part, context, mark, upright=chinese) for part, chinese in split_chinese(text)])
    if mark is PLAIN and (text.isascii() or not context.chinese):
        return f"{RUN}{escape(text)}{END}"
    return _piece(text, context, mark, upright=False)


def _piece(text: str, context: Context, mark: Mark, *, upright: bool) -> str:
    hint = context.chinese and wants_chinese_punctuation(text)
    key = (mark, upright, hint)
    properties = context.marks.get(key)
    if properties is None:
        properties = context.marks[key] = _properties(context, mark, upright=upright, hint=hint)
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}{END}'


def _properties(context: Context, mark: Mark, *, upright: bool, hint: bool) -> str:
    """One character style a run is all Word allows: the most telling one is the style, the others are direct."""
    wanted = (
        ("Hyperlink", mark.link),
        ("Quiet", mark.quiet),
        ("Emphasis", mark.emphasis),
        ("Strong", mark.strong and not mark.underlined),
    )
    names = ([mark.named] if mark.named else []) + [name for name, on in wanted if on]
    chosen = next((name for name in names if context.house.character(name)), "")
    out = f'<w:rStyle w:val="{context.house.character(chosen)}"/>' if chosen else ""
    if hint:
        out += '<w:rFonts w:hint="eastAsia"/>'
    if mark.strong and chosen != "Strong":
        out += "<w:b/><w:bCs/>"
    if mark.emphasis and upright:
        out += '<w:i w:val="0"/>' if chosen == "Emphasis" else ""
    elif mark.emphasis and chosen != "Emphasis":
        out += "<w:i/>"
    if mark.underlined:
        out += '<w:u w:val="single"/>'
    return f"<w:rPr>{out}</w:rPr>" if out else ""


def paragraph(style: str, content: str, *, keep: bool = False, properties: str = "") -> str:
    """A paragraph. `properties` stand after the style and keepNext in the order the schema wants."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    kept = "<w:keepNext/>" if keep else ""
    inner = f"{named}{kept}{properties}"
    return f"<w:p><w:pPr>{inner}</w:pPr>{content}</w:p>" if inner else f"<w:p>{content}</w:p>"


def alignment(align: str) -> str:
    """Start is every style's own; `right` and `left` are the names every version of Word knows."""
    return {"center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}.get(align, "")


def link_relation(identity: str, url: str) -> str:
    return (
        f'<Relationship Id="{identity}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'hyperlink" Target="{attribute(url)}" TargetMode="External"/>'
    )
