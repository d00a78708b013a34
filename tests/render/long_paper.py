"""A paper of a dozen pages with all the apparatus of a proposal: what long papers are looked at and tested with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from docgen.content.blocks import (
    Block,
    Captioned,
    Cell,
    Column,
    Comment,
    Commented,
    Contents,
    Cover,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    ListBlock,
    Paragraph,
    Reference,
    Remarked,
    Row,
    Table,
    Text,
    Together,
    plain,
    strong,
)
from docgen.content.outline import number
from tests.render.specimen import LONG, LONG_EN, lines_table, summary

LABELS = {
    "zh-CN": {
        "table": "表 {number}",
        "figure": "图 {number}",
        "chapter": "第 {number} 章",
        "section": "第 {number} 节",
        "title": "“{number}”",
    },
    "en": {
        "table": "Table {number}",
        "figure": "Figure {number}",
        "chapter": "Chapter {number}",
        "section": "Section {number}",
        "title": "“{number}”",
    },
}
_CHAPTERS = (
    ("摘要", "Executive summary", ()),
    ("现状与目标", "Where you stand and where you want to be", (("业务目标", "Goals"), ("影响链", "Chain of effects"))),
    ("需求与应答", "Requirements and answers", (("范围", "Scope"), ("逐条应答", "Answers one by one"))),
    (
        "解决方案",
        "The solution",
        (("应用", "Applications"), ("服务", "Services"), ("系统与集成", "Systems and integration with what you have")),
    ),
    ("价值与投资", "Value and investment", (("效益", "Benefits"), ("投资", "Investment"))),
    ("实施计划", "Implementation plan", (("里程碑", "Milestones"), ("团队", "Team"))),
    ("风险与假设", "Risks and assumptions", ()),
)


def long_paper(language: str = "en", *, draft: bool = False, review: bool = False, size: int = 3) -> Document:
    """language: zh-CN, en, or both for a bilingual paper; size: paragraphs a section."""
    languages = ("zh-CN", "en") if language == "both" else (language,)

    def t(zh: str, en: str) -> str:
        return " ".join({"zh-CN": zh, "en": en}[each] for each in languages)

    title = t("项目建议书", "Proposal")
    blocks: tuple[Block, ...] = (
        Cover(
            title,
            t("华瑞电机 ERP 二期：计划、成本与质量一体化", "Huarui ERP phase two: planning, cost, quality").replace(
                "化 H", "化\nH"
            ),
            "上海云衡软件有限公司" if languages[0] == "zh-CN" else "Yunheng Software (Shanghai)",
            (t("致", "Prepared for"), "苏州华瑞电机有限公司"),
            (
                (t("编号", "Number"), "D-2026-0117-1"),
                (t("日期", "Date"), "2026-11-20"),
                (t("版本", "Version"), "1"),
                (t("经办人", "Prepared by"), "李敏 Li Min"),
            ),
            t("商业秘密，仅供收件方内部使用。", "Confidential: for the recipient's own use only."),
        ),
        Contents(t("目录", "Contents")),
        *_chapters(t, languages, size),
    )
    document = Document(
        title=f"{title} D-2026-0117-1",
        blocks=blocks,
        languages=languages,
        date=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        author="上海云衡软件有限公司",
        subject="华瑞电机 ERP 二期",
        running=(f"{title} D-2026-0117-1", "苏州华瑞电机有限公司"),
        footer="上海云衡软件有限公司",
        page_label=t("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
        draft="草稿 DRAFT" if draft else "",
        draft_note=t("草稿：尚缺销售总监批准", "Draft: approval of the sales director is missing") if draft else "",
        numbered=True,
        chapters=True,
        review=review,
    )
    outlined = number(document, LABELS)
    assert not outlined.unknown and not outlined.twice
    return outlined.document


def _chapters(t, languages: tuple[str, ...], size: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    long = [{"zh-CN": LONG, "en": LONG_EN}[each] for each in languages]
    for place, (zh, en, sections) in enumerate(_CHAPTERS, 1):
        yield Heading(1, plain(t(zh, en)), f"c{place}")
        yield from _words(long, place % 2 + 1)
        yield Paragraph(
            (
                Text(t("详见", "See ")),
                Reference("cash", languages[0]),
                Text(t("、", ", ")),
                Reference("benefits", languages[0]),
                Text(t("与", " and ")),
                Reference("c4-2", languages[0]),
                Text(t("。", ".")),
            )
        )
        for at, (zh_section, en_section) in enumerate(sections, 1):
            yield Heading(2, plain(t(zh_section, en_section)), f"c{place}-{at}")
            yield from _words(long, size)
            yield from _set_pieces(t, place, at)


def _words(long: list[str], count: int) -> Iterator[Block]:
    for _ in range(count):
        yield from (Paragraph(plain(words)) for words in long)


def _set_pieces(t, chapter: int, section: int) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    chinese = t("zh", "en").startswith("zh")
    check = (Comment("估算值，请财务总监确认来源。 An estimate: who owns it?", "李敏"),)
    match chapter, section:
        case 2, 2:
            yield Commented(
                ListBlock(tuple((Paragraph(plain(t(f"影响{n}", f"Effect {n}"))),) for n in range(6))), check
            )
        case 3, 2:
            yield Captioned(lines_table(34, chinese=chinese), "table", plain(t("逐条应答", "Answers")), "answers")
        case 4, 1:
            yield Heading(3, plain(t("制造", "Manufacturing")), "c4-1-1")
            yield from _words([LONG if chinese else LONG_EN], 2)
        case 5, 1:
            figures = tuple(KeyFigure(t(f"第 {n} 年", f"Year {n}"), f"{n},200,000") for n in range(1, 4))
            yield Captioned(
                KeyFigures(figures), "figure", plain(t("三年效益", "Benefits over three years")), "benefits"
            )
            words = (Text(t("其中库存占用", "Of which ")), Remarked(plain(t("下降 15%", "stock falls by 15%")), check))
            yield Paragraph((*words, Text(t("。", "."))))
        case 5, 2:
            yield Captioned(cash_flow(t), "table", plain(t("逐年现金流", "Cash flow by year")), "cash")
            yield Together((summary(chinese=chinese),))


def cash_flow(t) -> Table:  # type: ignore[no-untyped-def]
    heads = (t("年", "Year"), t("效益", "Benefit"), t("成本", "Cost"), t("净额", "Net"))
    rows = [
        Row(tuple(Cell(plain(x)) for x in (str(n), f"{n},200,000", "400,000", f"{n},800,000"))) for n in range(1, 5)
    ]
    marked = Remarked(plain("9,900,000"), (Comment("与上一版 8,800,000 不同。", "李敏"),))
    rows.append(
        Row((Cell(strong(t("合计", "Total"))), Cell(plain("12")), Cell(plain("1")), Cell((marked,))), "subtotal")
    )
    columns = (Column(0.25), Column(0.25, "end"), Column(0.25, "end"), Column(0.25, "end"))
    return Table(columns, tuple(rows), tuple(Cell(plain(x)) for x in heads), title="cash flow")
