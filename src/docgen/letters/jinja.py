"""Letters with Jinja's marks in their words, `letter.en.jinja.docx`: an optional extra, by docxtpl.

The same sandbox as other templates: no globals, few filters, no definitions. What a mark prints is set aside, and a
number stands for it until the file is read as XML again: a deal's text never becomes Word's, and arrives as it is
written. What comes out is an ordinary letter, whose controls are then filled.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes

from docgen.content.markdown import FIRST, MARK
from docgen.documents.words import EmptyValue, MarkupRoom, facts_and_values, line_in_template
from docgen.letters.tags import names_for
from docgen.letters.words import pieces
from docgen.problems import Place, Problem, ProblemsFound
from docgen.wordfile.names import W

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_NEAR = 60


def fill_marks(data: bytes, facts: Mapping[str, Any], shown: str) -> tuple[bytes, list[str]]:
    """The letter with numbers for what its marks print, and that. ProblemsFound says which marks cannot be filled, and
    near which words."""
    template = _template(data, shown)
    context, values = facts_and_values(facts)
    try:
        template.render(context, MarkupRoom(), autoescape=True)
    except TemplateSyntaxError as error:
        raise _trouble("jinja_letter_syntax", shown, _near(template, error.lineno), str(error.message)) from None
    except UndefinedError as error:
        line = line_in_template(error)
        raise _trouble("jinja_letter_unknown_word", shown, _near(template, line), str(error.message)) from None
    except EmptyValue as error:
        raise _trouble("jinja_letter_empty", shown, _near(template, line_in_template(error)), "") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        near = _near(template, line_in_template(error))
        raise _trouble("jinja_letter_fails", shown, near, str(error)[:200]) from None
    out = io.BytesIO()
    template.save(out)
    return out.getvalue(), values


def put_values(root: Element, values: Sequence[str]) -> None:
    """What was set aside, into its places; line feeds become line breaks."""
    for node in root.iter():
        for name, text in node.attrib.items():
            if FIRST in text:
                node.set(name, _filled(text, values))
    for run in [each for each in root.iter(f"{W}r") if any(FIRST in (text.text or "") for text in each.iter(f"{W}t"))]:
        run[:] = [new for child in run for new in _lines(child, values)]


def _lines(child: Element, values: Sequence[str]) -> Sequence[Element]:
    if child.tag != f"{W}t" or FIRST not in (child.text or ""):
        return (child,)
    return list(pieces(_filled(child.text or "", values)))


def _filled(text: str, values: Sequence[str]) -> str:
    return MARK.sub(lambda found: values[int(found[1])] if int(found[1]) < len(values) else found[0], text)


def mark_problems(data: bytes, shown: str) -> list[Problem]:
    """Marks that cannot be read, and names no letter may use, without any deal."""
    try:
        template = _template(data, shown)
        template.init_docx()
        return [problem for source in _sources(template) for problem in _of(source, shown)]
    except ProblemsFound as found:
        return list(found.problems)


def _template(data: bytes, shown: str) -> DocxTemplate:
    try:
        import docxtpl
    except ImportError:
        problem = Problem("jinja_letter_not_installed", (), {"file": shown}, origin="template", place=Place(shown))
        raise ProblemsFound([problem]) from None

    class Marked(docxtpl.DocxTemplate):  # type: ignore[misc]
        """Remembers the part it is at, one paragraph a line, to say near which words something went wrong."""

        source = ""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> Any:
            self.source = _by_paragraphs(src_xml)
            if misplaced := list(_misplaced(self.source, shown)):
                raise ProblemsFound(misplaced)
            return super().render_xml_part(src_xml, part, context, jinja_env)

    return Marked(io.BytesIO(data))


def _by_paragraphs(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


_WORDS = re.compile(r"<w:t(?:\s[^>]*)?>.*?</w:t>")


def _misplaced(source: str, shown: str) -> Iterator[Problem]:
    """Marks that print among Word's own elements instead of words, as docxtpl's `{{r …}}` and `{{p …}}` do, and marks
    in codes of fields: what a deal says may not become markup, and words put there nobody would see."""
    for line, words in enumerate(source.splitlines(), 1):
        if "{{" in re.sub(r"<[^>]*>", "", _WORDS.sub("", words)):
            yield from _trouble("jinja_letter_misplaced", shown, _words_in(source, line), "").problems


def _near(template: Any, line: int) -> str:
    return _words_in(template.source, line)


def _words_in(source: str, line: int) -> str:
    """The words of a line, without markup; where it has none, of the nearest one before it."""
    lines = source.splitlines()
    for each in reversed(lines[: max(1, line)]):
        words = " ".join(re.sub(r"<[^>]+>", "", each).split())
        if words:
            return words[:_NEAR]
    return "the beginning"


def _trouble(code: str, shown: str, near: str, reason: str) -> ProblemsFound:
    words = {"reason": reason, "near_by": near, "file": shown}
    return ProblemsFound([Problem(code, (), words, origin="template", place=Place(shown))])


# ---- without a deal -------------------------------------------------------------------------------------------------
def _sources(template: Any) -> Iterator[str]:
    """The letter's text, its heads and feet, as Jinja reads them."""
    yield _by_paragraphs(template.patch_xml(template.get_xml()))
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield _by_paragraphs(template.patch_xml(template.get_part_xml(part)))


def _of(source: str, shown: str) -> Iterator[Problem]:
    try:
        tree = MarkupRoom().read(source)
    except TemplateSyntaxError as error:
        near = _words_in(source, error.lineno)
        yield from _trouble("jinja_letter_syntax", shown, near, str(error.message)).problems
        return
    yield from _misplaced(source, shown)
    names = names_for("internal", contract=True)
    known = names.asked | names.printed
    free = meta.find_undeclared_variables(tree)
    for name, line in dict.fromkeys(_names(tree)):
        if name.partition(".")[0] in free and name not in known:
            reason = f"there is no {name}"
            yield from _trouble("jinja_letter_unknown_word", shown, _words_in(source, line), reason).problems


def _names(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Every name with its dots, the longest chains only."""
    inner = {id(each.node) for each in tree.find_all(nodes.Getattr)}
    for each in tree.find_all((nodes.Getattr, nodes.Name)):
        if id(each) not in inner:
            name = _dotted(each)
            if name:
                yield name, each.lineno


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        start = _dotted(node.node)
        return f"{start}.{node.attr}" if start else ""
    return node.name if isinstance(node, nodes.Name) else ""
