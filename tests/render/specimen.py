"""A paper that uses every block there is, as a quotation would: what the writers are looked at and tested with."""

from __future__ import annotations

import datetime as dt

from docgen.content.blocks import (
    Attachment,
    Block,
    Cell,
    Column,
    Columns,
    Document,
    Emphasis,
    Fact,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    ListBlock,
    Paragraph,
    Quiet,
    Row,
    Signatory,
    SignatureBlock,
    Strong,
    Table,
    Text,
    TitleBlock,
    Together,
    plain,
    quiet,
    stacked,
    strong,
)

COLUMNS = (
    Column(0.05, "center"),
    Column(0.37),
    Column(0.12, "end"),
    Column(0.14, "end"),
    Column(0.09, "end"),
    Column(0.15, "end"),
    Column(0.08, "end"),
)
LONG = (
    "本报价单所列软件许可为永久使用许可（含首年维护），自双方签署《软件许可合同》之日起生效；实施服务"
    "按人天结算，"
    "差旅费用另计。供方在收到首付款后十个工作日内安排 Enterprise Resource Planning 项目经理进场，"
    "需方应指定一名项目负责人——"
    "负责协调各部门的时间与数据……未尽事宜，双方协商解决，详见“付款计划”。"
)
LONG_EN = (
    "The licences in this quotation are perpetual and include the first year of maintenance. Implementation services "
    "are charged by the person-day; travel is charged apart at cost. The supplier's project manager starts within "
    "ten "
    "working days of the first payment, and the customer names one person responsible for "
    "coordinating departments and data."
)


def row(number: int, name: str, detail: str, quantity: str, price: str, discount: str, net: str, tax: str) -> Row:
    item = stacked(plain(name), quiet(detail))
    cells = (plain(str(number)), item, plain(quantity), plain(price), plain(discount), plain(net), plain(tax))
    return Row(tuple(Cell(cell) for cell in cells))


DETAIL = "适用于 60 个并发用户，含首年升级；"


def lines_table(count: int, *, chinese: bool = True) -> Table:
    heads = (
        ("序号", "产品与服务", "数量", "目录单价", "折扣", "净额", "税率")
        if chinese
        else ("No.", "Product or service", "Quantity", "List price", "Discount", "Net", "Tax")
    )
    rows: list[Row] = [Row((Cell(strong("软件许可" if chinese else "Software licences"), span=7),), "group")]
    for i in range(1, count + 1):
        name = f"财务管理（总账、应收、应付）{i}" if chinese else f"Financials (ledger, receivables, payables) {i}"
        detail = (DETAIL if i % 3 == 0 else "") if chinese else "concurrent users" * (i % 3 == 0)
        rows.append(
            row(
                i,
                name,
                detail,
                f"{60 + i} 用户" if chinese else f"{60 + i} users",
                f"{4800 + i:,}.00",
                "12.0%",
                f"{(4800 + i) * (60 + i):,}.00",
                "13%",
            )
        )
    rows.append(Row((Cell(strong("制造套件" if chinese else "Manufacturing suite"), span=7),), "heading"))
    rows.append(
        Row(
            (
                Cell(),
                Cell(plain("物料需求计划" if chinese else "Material requirements planning"), indent=1),
                Cell(plain("30")),
                Cell(plain("6,200.00")),
                Cell(plain("15.0%")),
                Cell(plain("158,100.00")),
                Cell(plain("13%")),
            ),
            "part",
        )
    )
    rows.append(
        Row(
            (Cell(plain("小计" if chinese else "Subtotal"), span=5, align="end"), Cell(plain("1,234,567.00")), Cell()),
            "subtotal",
        )
    )
    return Table(COLUMNS, tuple(rows), tuple(Cell(plain(h)) for h in heads), title="lines")


def summary(*, chinese: bool = True) -> Table:
    zh = ("目录价合计", "优惠", "不含税净额", "增值税 13%", "增值税 6%", "含税总价（CNY）")
    en = ("List total", "Discount", "Net total", "VAT 13%", "VAT 6%", "Total incl. VAT (CNY)")
    figures = ("1,480,000.00", "−245,433.00", "1,234,567.00", "112,345.67", "23,087.33", "1,370,000.00")
    labels = zh if chinese else en
    rows = tuple(
        Row((Cell(plain(label)), Cell(plain(figure))), "total" if i == 5 else "body")
        for i, (label, figure) in enumerate(zip(labels, figures, strict=True))
    )
    return Table((Column(0.6), Column(0.4, "end")), rows, role="summary", title="totals")


def specimen(lines: int = 12, *, chinese: bool = True, draft: bool = True) -> Document:
    def t(zh: str, en: str) -> str:
        return zh if chinese else en

    parties = Columns(
        (
            (
                Facts(
                    (
                        Fact("", strong("苏州华瑞电机有限公司")),
                        Fact(t("地址", "Address"), plain("苏州工业园区星湖街 218 号")),
                        Fact(t("税号", "Tax ID"), plain("91320594MA1WT5Q2X2")),
                        Fact(t("联系人", "Contact"), plain("王建国，总经理")),
                    ),
                    t("需方", "Customer"),
                ),
            ),
            (
                Facts(
                    (
                        Fact("", strong("上海云衡软件有限公司")),
                        Fact(t("地址", "Address"), plain("上海市浦东新区张江路 88 号 3 幢 1201 室")),
                        Fact(t("电话", "Phone"), plain("021-5555 0101")),
                        Fact(t("经办人", "Prepared by"), plain("李敏")),
                    ),
                    t("供方", "Seller"),
                ),
            ),
        )
    )
    terms = ListBlock(
        tuple(
            (Paragraph(content),)
            for content in (
                plain(t("交付：首付款到账后十个工作日内。", "Delivery: within ten working days of the first payment.")),
                (
                    Text(t("价格不含差旅费，", "Prices exclude travel, ")),
                    Strong(plain(t("含首年维护", "first year of maintenance included"))),
                    Text("; "),
                    Emphasis(plain(t("另有约定除外", "unless agreed otherwise"))),
                    Text(" "),
                    Link("https://example.com/terms?a=1&b=2", plain("https://example.com/terms")),
                ),
                plain("A&B <b>not bold</b> {{ not code }} *not stressed* 5 < 6"),
            )
        )
    )
    plan = Table(
        (Column(0.3), Column(0.34), Column(0.14, "end"), Column(0.22, "end")),
        tuple(
            Row(tuple(Cell(plain(x)) for x in line))
            for line in (
                (t("首付款", "First payment"), t("合同签订后 10 天内", "10 days after signing"), "30%", "411,000.00"),
                (t("上线款", "Go-live"), t("上线后 30 天内", "30 days after go-live"), "60%", "822,000.00"),
                (t("尾款", "Final payment"), t("质保期满", "end of warranty"), "10%", "137,000.00"),
            )
        ),
        tuple(
            Cell(plain(x))
            for x in (t("款项", "Payment"), t("应付时点", "Due"), t("比例", "Share"), t("金额", "Amount"))
        ),
        title="payments",
    )
    signs = SignatureBlock(
        (
            Signatory(
                t("需方（盖章）", "Customer"),
                "苏州华瑞电机有限公司",
                (t("授权代表签字", "Authorised signature"), t("姓名与职务", "Name and title"), t("日期", "Date")),
                t("公章", ""),
            ),
            Signatory(
                t("供方（盖章）", "Seller"),
                "上海云衡软件有限公司",
                (t("授权代表签字", "Authorised signature"), t("姓名与职务", "Name and title"), t("日期", "Date")),
                t("公章", ""),
            ),
        )
    )
    blocks: tuple[Block, ...] = (
        TitleBlock(t("报价单", "Quotation"), "华瑞电机 ERP 二期", "上海云衡软件有限公司"),
        KeyFigures(
            (
                KeyFigure(t("编号", "Number"), "D-2026-0117-1"),
                KeyFigure(t("日期", "Date"), t("2026年11月20日", "20 Nov 2026")),
                KeyFigure(t("有效期至", "Valid until"), t("2026年12月20日", "20 Dec 2026")),
                KeyFigure(t("含税总价", "Total incl. VAT"), "CNY 1,370,000.00", lead=True),
            )
        ),
        parties,
        Heading(1, plain(t("报价明细", "Items")), "items"),
        Paragraph(
            plain(t("金额单位：人民币元，不含税，另注明者除外。", "Amounts in CNY, before tax unless stated.")),
            "note",
            True,
        ),
        lines_table(lines, chinese=chinese),
        Together(
            (
                summary(chinese=chinese),
                Paragraph(
                    (
                        Quiet(plain(t("人民币大写：", "In words: "))),
                        Text(t("壹佰叁拾柒万元整", "one million three hundred seventy thousand yuan")),
                    ),
                    "amount",
                ),
            )
        ),
        Heading(1, plain(t("付款计划", "Payment plan")), "payment"),
        plan,
        Heading(1, plain(t("交付与价格条款", "Terms")), "terms"),
        terms,
        Paragraph(plain(LONG if chinese else LONG_EN)),
        Heading(2, plain(t("说明", "Notes")), "notes"),
        ListBlock(((Paragraph(plain(LONG_EN if chinese else LONG)),), (Paragraph(plain("2")),)), ordered=True),
        Heading(1, plain(t("签署", "Acceptance")), "sign"),
        signs,
    )
    return Document(
        title=t("报价单 D-2026-0117-1", "Quotation D-2026-0117-1"),
        blocks=blocks,
        languages=("zh-CN",) if chinese else ("en",),
        date=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        author="上海云衡软件有限公司",
        subject="华瑞电机 ERP 二期",
        running=(t("报价单 D-2026-0117-1", "Quotation D-2026-0117-1"), "苏州华瑞电机有限公司"),
        footer="上海云衡软件有限公司",
        page_label=t("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
        draft="草稿 DRAFT" if draft else "",
        draft_note=t("草稿：尚缺销售总监批准", "Draft: approval of the sales director is missing") if draft else "",
        properties={"docgen.deal": "D-2026-0117", "docgen.revision": "1", "docgen.content": "sha256:00"},
        attachments=(Attachment("deal.json", "application/json", b'{"deal": "D-2026-0117"}', "deal data"),),
    )
