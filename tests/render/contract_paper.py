# ruff: noqa: E501
"""A contract of three or four pages with all that contracts have: what clauses are looked at and tested with.

The parties are invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from docgen.content.blocks import (
    Block,
    Cell,
    Clause,
    Column,
    Columns,
    Contents,
    Document,
    Fact,
    Facts,
    Heading,
    Inlines,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Signatory,
    SignatureBlock,
    Table,
    Text,
    TitleBlock,
    plain,
    strong,
)
from docgen.content.outline import number
from docgen.locales import words

LABELS = {
    language: {
        name: words(language).label(f"{name}_number", number="{number}")
        for name in (
            *("table", "figure", "chapter", "section", "title"),
            *(f"{kind}_{level}" for kind in ("clause", "annex", "far") for level in range(1, 5)),
        )
    }
    for language in ("zh-CN", "en")
}
_Pair = tuple[str, str]
_Place = tuple[int, str, str, str]
"""Level, key, Chinese, English. `[[key]]` refers; a key that ends with ! is conspicuous, with - bears no number."""

_BODY: tuple[_Place, ...] = (
    (1, "definitions", "定义", "Definitions"),
    (2, "terms", "下列词语在本合同中具有如下含义：", "In this Agreement the following words have these meanings:"),
    (
        3,
        "software",
        "“软件”指附件一所列的计算机程序及其文档；",
        "“Software” means the programs named in Annex 1 and their documentation;",
    ),
    (
        3,
        "fees_term",
        "“费用”指[[fees]]约定的全部价款，不含[[travel]]所述的差旅费用。",
        "“Fees” means all amounts due under [[fees]], except the travel costs of [[travel]].",
    ),
    (1, "licence", "许可", "Licence"),
    (
        2,
        "grant",
        "供方授予需方一项永久的、非独占的、不可转让的许可，允许需方在中华人民共和国境内为自身业务安装并使用软件，最多 60 个并发用户——超出部分按[[overuse]]处理。",
        "The Supplier grants the Customer a perpetual, non-exclusive and non-transferable licence to install and use the Software for its own business within the People's Republic of China for up to 60 concurrent users; any use beyond that is dealt with under [[overuse]].",
    ),
    (2, "limits", "需方不得：", "The Customer shall not:"),
    (3, "copy", "复制软件，但下列情形除外：", "copy the Software, except:"),
    (4, "backup", "为备份所必需的一份副本；", "for one copy needed as a backup;"),
    (
        4,
        "test",
        "在测试环境中使用的一份副本，且该环境须满足下列要求；",
        "for one copy in a test environment that meets the requirements below;",
    ),
    (
        3,
        "reverse",
        "对软件进行反向工程、反编译或者反汇编；",
        "reverse engineer, decompile or disassemble the Software;",
    ),
    (3, "rent", "出租、转租或者向第三方提供软件。", "rent, sublicense or provide the Software to third parties."),
    (
        2,
        "overuse",
        "需方实际使用超过许可数量的，应自供方通知之日起三十（30）日内按合同单价补足费用。",
        "If actual use exceeds the licensed quantity, the Customer shall pay for the excess at the contract price within thirty (30) days of the Supplier's notice.",
    ),
    (1, "fees", "费用与付款", "Fees and payment"),
    (2, "plan", "需方按下列计划支付费用：", "The Customer shall pay the Fees as follows:"),
    (0, "table", "", ""),
    (
        2,
        "travel",
        "差旅费用另计，按实际发生额凭票报销，每次出行须经需方事先书面同意。",
        "Travel is charged apart at cost against receipts; each journey needs the Customer's prior written consent.",
    ),
    (
        2,
        "late",
        "需方逾期付款的，每逾期一日按逾期金额的万分之五支付违约金，但累计不超过逾期金额的百分之五；参见[[backup]]与[[copy]]。",
        "If payment is late, the Customer shall pay damages of 0.05 % of the overdue amount for each day, but no more than 5 % of it in total; see [[backup]] and [[copy]].",
    ),
    (1, "liability", "责任限制", "Limitation of liability"),
    (
        2,
        "cap!",
        "除[[carve_out]]所列情形外，任何一方在本合同项下的累计赔偿责任，不论基于合同、侵权或者其他理由，均以本合同费用总额的百分之一百（100%）为限。",
        "Except as stated in [[carve_out]], the total liability of either party under this Agreement, whether in contract, tort or otherwise, shall not exceed one hundred per cent (100 %) of the Fees.",
    ),
    (
        2,
        "indirect!",
        "任何一方均不对利润损失、业务中断等间接损失承担责任。",
        "Neither party is liable for indirect loss such as loss of profit or interruption of business.",
    ),
    (2, "carve_out", "上述限制不适用于：", "These limits do not apply to:"),
    (3, "injury", "造成对方人身损害的；", "personal injury of the other party;"),
    (
        3,
        "intent",
        "因故意或者重大过失造成对方财产损失的；",
        "loss of the other party's property caused by intent or gross negligence;",
    ),
    (3, "secrets", "违反保密义务的。", "breach of the duty of confidentiality."),
    (
        2,
        "lead-",
        "双方确认，以上条款已经供方以加粗、下划线方式提示，需方已充分理解。",
        "The parties confirm that the Supplier has drawn attention to these clauses by bold and underlined print and that the Customer has understood them.",
    ),
    (1, "general", "一般条款", "General"),
    (
        2,
        "law",
        "本合同适用中华人民共和国法律。",
        "This Agreement is governed by the laws of the People's Republic of China.",
    ),
    (
        2,
        "forum",
        "因本合同引起的争议，双方应协商解决；协商不成的，任何一方均可向供方住所地有管辖权的人民法院提起诉讼。",
        "The parties shall settle disputes by negotiation; failing that, either party may bring an action before the competent people's court at the Supplier's domicile.",
    ),
    (
        2,
        "language",
        "本合同以中英文书就；两种文本不一致的，以中文文本为准。",
        "This Agreement is made in Chinese and English; if they differ, the Chinese text prevails.",
    ),
    (
        2,
        "annexes",
        "附件一为本合同的组成部分，维护响应时间见[[response]]。",
        "Annex 1 is part of this Agreement; see [[response]] for response times.",
    ),
)
_ANNEX: tuple[_Place, ...] = (
    (1, "service", "维护服务", "Maintenance"),
    (
        2,
        "hours",
        "供方在工作日 9:00 至 18:00 受理请求。",
        "The Supplier accepts requests on working days from 9:00 to 18:00.",
    ),
    (2, "response", "供方的响应时间为：", "The Supplier responds within:"),
    (3, "urgent", "系统停机：一小时；", "one hour where the system is down;"),
    (
        3,
        "normal",
        "其他情形：[[hours]]所述时间内的八小时。",
        "eight hours, counted within the times of [[hours]], in all other cases.",
    ),
    (1, "exclusions", "除外", "Exclusions"),
    (
        2,
        "changed",
        "需方自行修改的部分不在维护范围之内。费用见[[fees]]。",
        "What the Customer has changed itself is not covered. For Fees see [[fees]].",
    ),
)


def contract(*languages: str, rounds: int = 1, review: bool = False) -> Document:
    """languages: zh-CN, en or both, the first first; rounds: how often the body is told, for more pages."""
    languages = languages or ("zh-CN", "en")
    blocks = [*_head(languages)]
    for each in range(rounds):
        blocks += _places(_BODY, languages, "" if not each else f"r{each}_")
    blocks += [_signatures(languages), PageBreak()]
    blocks += [Heading(1, plain(_said(("附件一 服务", "Annex 1 Services"), languages)), "annex-1")]
    blocks += _places(_ANNEX, languages, "", "annex_1")
    blocks += [Heading(1, plain(_said(("附件二 除外", "Annex 2 Exclusions"), languages)), "annex-2")]
    blocks += _places(_ANNEX[5:6], languages, "b_", "annex_2")
    document = Document(
        title=_said(("软件许可合同", "Software Licence Agreement"), languages),
        blocks=tuple(blocks),
        languages=languages,
        date=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        author="上海云衡软件有限公司",
        running=(_said(("软件许可合同", "Software Licence Agreement"), languages), "D-2026-0117-1"),
        footer="上海云衡软件有限公司\nsoftware-licence@1.2.0 · D-2026-0117 r1 · draft · sha256:4f0c9a1be2d87365",
        page_label=_said(("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"), languages),
        review=review,
    )
    outlined = number(document, LABELS)
    assert not outlined.unknown and not outlined.twice, (outlined.unknown, outlined.twice)
    return outlined.document


def _said(pair: _Pair, languages: tuple[str, ...]) -> str:
    return " ".join(pair[0 if language == "zh-CN" else 1] for language in languages)


def _head(languages: tuple[str, ...]) -> Iterator[Block]:
    yield TitleBlock(_said(("软件许可合同", "Software Licence Agreement"), languages), "D-2026-0117-1", "云衡软件")
    sides = (("需方", "Customer", "苏州华瑞电机有限公司"), ("供方", "Supplier", "上海云衡软件有限公司"))
    yield Columns(tuple((Facts((Fact("", strong(name)),), _said((zh, en), languages)),) for zh, en, name in sides))
    yield Contents(_said(("目录", "Contents"), languages))
    for language in languages:
        told = ("双方经协商一致，订立本合同。", "The parties have agreed as follows.")
        yield Paragraph(plain(told[0 if language == "zh-CN" else 1]))


def _places(places: tuple[_Place, ...], languages: tuple[str, ...], prefix: str, series: str = "") -> Iterator[Block]:
    for level, key, *told in places:
        if not level:
            yield _plan(languages)
            continue
        for at, language in enumerate(languages):
            name = key.rstrip("!-")
            anchor = f"dg_{prefix}{name}_1" + (f"_{language[:2]}" if at else "")
            content = _content(told[0 if language == "zh-CN" else 1], prefix)
            yield Clause(
                level,
                content,
                anchor,
                language,
                series,
                None if key.endswith("-") else "",
                conspicuous=key.endswith("!"),
            )


def _content(told: str, prefix: str) -> Inlines:
    out: list[Text | Reference] = []
    for at, piece in enumerate(told.replace("]]", "[[").split("[[")):
        if piece:
            out.append(Reference(f"dg_{piece}_1") if at % 2 else Text(piece))
    return tuple(out)


def _plan(languages: tuple[str, ...]) -> Table:
    rows = (
        (("首付款", "First payment"), ("合同签订后 10 日内", "10 days after signature"), "30 %", "411,000.00"),
        (("上线款", "Go-live"), ("上线后 30 日内", "30 days after go-live"), "60 %", "822,000.00"),
        (("尾款", "Last payment"), ("质保期满", "end of warranty"), "10 %", "137,000.00"),
    )
    heads = (("款项", "Payment"), ("应付时点", "Due"), ("比例", "Share"), ("金额（CNY）", "Amount (CNY)"))
    return Table(
        (Column(0.3), Column(0.38), Column(0.12, "end"), Column(0.2, "end")),
        tuple(
            Row((*(Cell(plain(_said(pair, languages))) for pair in pairs), Cell(plain(share)), Cell(plain(amount))))
            for *pairs, share, amount in rows  # type: ignore[misc]
        ),
        tuple(Cell(plain(_said(head, languages))) for head in heads),
        title="plan",
    )


def _signatures(languages: tuple[str, ...]) -> SignatureBlock:
    blanks = (_said(("授权代表签字", "Signature"), languages), _said(("日期", "Date"), languages))
    return SignatureBlock(
        (
            Signatory(_said(("需方（盖章）", "Customer"), languages), "苏州华瑞电机有限公司", blanks),
            Signatory(_said(("供方（盖章）", "Supplier"), languages), "上海云衡软件有限公司", blanks),
        )
    )
