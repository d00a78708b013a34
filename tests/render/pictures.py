"""A paper of pictures, one of each kind and some hard cases: what the writers are looked at and tested with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from docgen.content.blocks import Cell, Column, Document, Figure, Heading, Row, Table, TitleBlock, plain
from docgen.content.figures import (
    Band,
    BarChart,
    Diagram,
    Edge,
    Gantt,
    Key,
    LineChart,
    Mark,
    Milestone,
    Node,
    Series,
    Step,
    Swing,
    Task,
    Tornado,
    Waterfall,
    axis,
)

D = Decimal


def write(value: Decimal) -> str:
    """As a caller prints amounts: thousands apart, a true minus sign."""
    return f"{value:,.0f}".replace("-", "−")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    columns = (Column(0.4), *(Column(0.6 / (len(head) - 1), "end") for _ in head[1:]))
    return Table(
        columns,
        tuple(Row(tuple(Cell(plain(text)) for text in row)) for row in rows),
        tuple(Cell(plain(text)) for text in head),
        title=head[0],
    )


def waterfall(*, chinese: bool = True, show_data: bool = True) -> Waterfall:
    zh = ("库存占用下降", "交付准时率提高", "财务结账提速", "业务总收益", "软件与服务", "内部投入", "净现值")
    en = (
        "Less stock",
        "On-time delivery",
        "Faster closing",
        "Total benefit",
        "Software and services",
        "Own effort",
        "NPV",
    )
    values = (620, 410, 185, 1215, -540, -165, 510)
    totals = (3, 6)
    steps = tuple(
        Step(label, D(value), ("+" if value > 0 and place not in totals else "") + write(D(value)), place in totals)
        for place, (label, value) in enumerate(zip(zh if chinese else en, values, strict=True))
    )
    chart_axis = axis([D(0), D(1215)], write, "万元" if chinese else "CNY 10,000")
    head = ("项目", "现值（万元）") if chinese else ("Item", "Present value (CNY 10,000)")
    return Waterfall(
        title="从收益到净现值" if chinese else "From benefits to net present value",
        alt="收益 1,215 万元减去投入 705 万元，净现值 510 万元。"
        if chinese
        else "Benefits of 1,215 less 705 leave 510.",
        data=table(head, [(step.label, step.shown) for step in steps]),
        show_data=show_data,
        steps=steps,
        axis=chart_axis,
    )


def cash_flow(months: int = 36, *, chinese: bool = True) -> LineChart:
    flow = [D(-180), *(D(-30) + min(D(6 * month), D(62)) for month in range(1, months + 1))]
    expected = list(accumulate(flow))
    low = [value - D(4 * place) - D(place * place) / 10 for place, value in enumerate(expected)]
    high = [value + D(3 * place) + D(place * place) / 20 for place, value in enumerate(expected)]
    at = next(place for place, value in enumerate(expected) if value >= 0 and place)
    before, after = expected[at - 1], expected[at]
    exact = D(at - 1) + (-before / (after - before)).quantize(D("0.1"))
    title = "累计现金流" if chinese else "Cumulative cash flow"
    return LineChart(
        title=title,
        alt=f"累计现金流在第 {exact} 个月转正。"
        if chinese
        else f"Cumulative cash flow turns positive in month {exact}.",
        data=table(
            ("月" if chinese else "Month", title), [(str(n), write(expected[n])) for n in range(0, months + 1, 12)]
        ),
        places=tuple(str(n) for n in range(months + 1)),
        places_title="签约后月数" if chinese else "Months after signature",
        series=(Series("预期" if chinese else "Expected", tuple(expected), (*[""] * months, write(expected[-1]))),),
        band=Band("保守" if chinese else "Conservative", "乐观" if chinese else "Optimistic", tuple(low), tuple(high)),
        marks=(
            Mark(D(6), "系统上线" if chinese else "Go-live"),
            Mark(exact, f"回本：{exact} 个月" if chinese else f"Break-even: {exact} months", D(0)),
        ),
        axis=axis([*expected, *low, *high], write, "万元" if chinese else "CNY 10,000"),
    )


def two_lines(*, chinese: bool = True) -> LineChart:
    now = tuple(D(40 * year) for year in range(1, 7))
    later = tuple(D(12 * year * year - 20) for year in range(1, 7))
    names = ("现行系统", "新系统", "延后一年上线") if chinese else ("Present system", "New system", "A year later")
    third = (None, *later[:-1])
    years = tuple(f"{2026 + n}" for n in range(6))
    return LineChart(
        title="三种走法的年度收益" if chinese else "Yearly benefit of three ways",
        alt="新系统自 2029 年起超过现行系统。" if chinese else "The new system overtakes the present one in 2029.",
        data=table(
            ("年", *names) if chinese else ("Year", *names),
            [
                (year, write(a), write(b), write(c) if c is not None else "–")
                for year, a, b, c in zip(years, now, later, third, strict=True)
            ],
        ),
        places=years,
        series=(Series(names[1], later), Series(names[0], now), Series(names[2], third)),
        axis=axis([*now, *later], write, "万元" if chinese else "CNY 10,000"),
    )


def bars(*, chinese: bool = True, stacked: bool = False) -> BarChart:
    years = tuple(f"第 {n} 年" if chinese else f"Year {n}" for n in range(1, 6))
    names = ("收益", "投入", "净额") if chinese else ("Benefit", "Cost", "Net")
    gains = (D(60), D(310), D(420), D(450), D(455))
    costs = (D(-380), D(-95), D(-60), D(-62), D(-64))
    net = tuple(a + b for a, b in zip(gains, costs, strict=True))
    chosen = (gains, costs) if stacked else (gains, costs, net)
    series = tuple(
        Series(name, values, tuple(write(value) for value in values))
        for name, values in zip(names, chosen, strict=False)
    )
    return BarChart(
        title=("年度收益与投入" + ("（堆叠）" if stacked else "")) if chinese else "Benefit and cost by year",
        alt="第二年起收益高于投入。" if chinese else "From year 2 on benefits exceed costs.",
        data=table(("", *years), [(each.name, *each.labels) for each in series]),
        places=years,
        series=series,
        stacked=stacked,
        axis=axis([value for values in chosen for value in values], write, "万元" if chinese else "CNY 10,000"),
    )


def total_cost(*, chinese: bool = True) -> BarChart:
    years = tuple(f"{n}" for n in range(2026, 2031))
    names = ("软件", "服务", "硬件", "内部人力") if chinese else ("Software", "Services", "Hardware", "Own staff")
    values = ((80, 20, 20, 20, 20), (200, 40, 10, 10, 10), (60, 0, 0, 30, 0), (90, 45, 30, 28, 26))
    series = tuple(
        Series(name, tuple(map(D, row)), tuple(write(D(v)) if v else "" for v in row))
        for name, row in zip(names, values, strict=True)
    )
    sums = [sum(column) for column in zip(*values, strict=True)]
    return BarChart(
        title="总拥有成本" if chinese else "Total cost of ownership",
        alt="首年投入 430 万元，其后每年不足 110 万元。"
        if chinese
        else "430 in the first year, less than 110 a year later.",
        data=table(("", *years), [(each.name, *each.labels) for each in series]),
        places=years,
        series=series,
        stacked=True,
        totals=tuple(write(D(total)) for total in sums),
        axis=axis(map(D, sums), write, "万元" if chinese else "CNY 10,000"),
    )


def tornado(*, chinese: bool = True) -> Tornado:
    zh = (
        "库存周转改善幅度（8%–15%）",
        "用户采用率（60%–95%）",
        "上线时间（推迟三个月至提前一个月）",
        "实施人天（+20%/−10%）",
        "折现率（10%–6%）",
    )
    en = (
        "Better stock turns (8–15 %)",
        "Adoption by users (60–95 %)",
        "Go-live (three months late to one early)",
        "Implementation days (+20/−10 %)",
        "Discount rate (10–6 %)",
    )
    values = ((455, 588), (210, 690), (390, 545), (430, 540), (470, 548))
    swings = tuple(
        Swing(label, D(low), D(high), write(D(low)), write(D(high)))
        for label, (low, high) in zip(zh if chinese else en, values, strict=True)
    )
    return Tornado(
        title="哪些假设最影响净现值" if chinese else "Which assumptions move the net present value most",
        alt="用户采用率影响最大：净现值在 210 至 690 万元之间。" if chinese else "Adoption moves it most: 210 to 690.",
        data=table(
            ("假设", "低", "高") if chinese else ("Assumption", "Low", "High"),
            [(s.label, s.low_shown, s.high_shown) for s in swings],
        ),
        swings=swings,
        base=D(510),
        base_label="预期 510" if chinese else "Expected 510",
        axis=axis([D(210), D(690)], write, "净现值（万元）" if chinese else "NPV (CNY 10,000)", zero=False),
        low_name="假设取低值" if chinese else "Assumption low",
        high_name="假设取高值" if chinese else "Assumption high",
    )


def plan(*, chinese: bool = True) -> Gantt:
    def t(zh: str, en: str) -> str:
        return zh if chinese else en

    ours, theirs, both = t("供方", "Supplier"), t("需方", "Customer"), t("双方", "Both")
    first, second, third = t("准备", "Preparation"), t("实施", "Implementation"), t("上线与支持", "Go-live and support")
    tasks = (
        Task(t("项目启动与范围确认", "Kick-off and scope"), D(0), D("0.5"), both, first),
        Task(
            t("业务流程调研、需求分析与差异报告编写", "Process study, requirements and gap report"),
            D("0.5"),
            D("1.5"),
            ours,
            first,
        ),
        Task(t("主数据整理", "Cleaning of master data"), D(1), D(3), theirs, first, pale=True),
        Task(t("系统配置与开发", "Configuration and development"), D(2), D(3), ours, second),
        Task(t("接口联调", "Interfaces"), D(4), D("1.5"), both, second),
        Task(t("用户培训", "Training of users"), D(5), D(1), ours, second),
        Task(t("试运行与切换", "Trial run and cut-over"), D(6), D(1), both, third),
        Task(t("上线支持", "Support after go-live"), D(7), D(2), ours, third),
        Task(t("内部验收", "Own acceptance"), D("8.5"), D("0.5"), theirs, third, pale=True),
    )
    return Gantt(
        title=t("实施计划", "Implementation plan"),
        alt=t("九个月内完成，第七个月上线。", "Done within nine months, live in month seven."),
        data=table(
            (t("工作", "Task"), t("责任方", "Who"), t("开始", "Start"), t("月数", "Months")),
            [(task.name, task.owner, str(task.start), str(task.months)) for task in tasks],
        ),
        tasks=tasks,
        periods=tuple(t(f"{n} 月", f"M{n}") for n in range(1, 10)),
        milestones=(
            Milestone(t("首付款 30%", "First payment 30 %"), D(0), hollow=True),
            Milestone(t("蓝图确认", "Blueprint agreed"), D(2)),
            Milestone(t("上线", "Go-live"), D(7)),
            Milestone(t("上线款 60%", "Go-live payment 60 %"), D("7.5"), hollow=True),
            Milestone(t("验收，尾款 10%", "Acceptance, final 10 %"), D(9), hollow=True),
        ),
        milestones_title=t("里程碑与付款", "Milestones, payments"),
        legend=(
            Key("bar", t("供方或双方工作", "Supplier or both")),
            Key("pale", t("需方工作", "Customer")),
            Key("diamond", t("里程碑", "Milestone")),
            Key("hollow", t("付款", "Payment")),
        ),
    )


def chain(*, chinese: bool = True) -> Diagram:
    def t(zh: str, en: str) -> str:
        return zh if chinese else en

    nodes = (
        Node(
            "ceo",
            t("总经理 王建国", "Managing director"),
            (t("痛点：利润率连续两年下降", "Pain: margin falls for the second year"),),
            lead=True,
        ),
        Node(
            "cfo",
            t("财务总监 周敏", "Finance director"),
            (
                t("痛点：库存占用资金 3,200 万元", "Pain: 32 million tied up in stock"),
                t("原因：账实不符，月结需 12 天", "Cause: books and stock differ; closing takes 12 days"),
            ),
        ),
        Node(
            "sales",
            t("销售总监 陈立", "Sales director"),
            (t("痛点：准时交付率仅 81%", "Pain: only 81 % delivered on time"),),
        ),
        Node(
            "plan",
            t("生产计划经理", "Planning manager"),
            (
                t("痛点：计划每周重排三次", "Pain: the plan is made anew three times a week"),
                t("原因：物料与产能数据分散在 14 张表格", "Cause: material and capacity in 14 spreadsheets"),
            ),
        ),
        Node(
            "stock",
            t("仓储主管", "Warehouse lead"),
            (t("痛点：盘点差异 4.6%", "Pain: 4.6 % difference in stock counts"),),
        ),
        Node(
            "it",
            t("信息部经理 李想", "IT manager"),
            (t("原因：三套系统互不相通", "Cause: three systems that do not talk to each other"),),
        ),
    )
    edges = (
        ("it", "plan"),
        ("it", "stock"),
        ("plan", "cfo"),
        ("plan", "sales"),
        ("stock", "cfo"),
        ("cfo", "ceo"),
        ("sales", "ceo"),
        ("it", "sales"),
    )
    names = {node.key: node.title for node in nodes}
    return Diagram(
        title=t("影响链", "Impact chain"),
        alt=t(
            "系统不通使计划反复、库存不准，最终压低利润率。",
            "Systems apart make plans unstable and stock wrong, and press the margin.",
        ),
        data=table((t("从", "From"), t("到", "To")), [(names[a], names[b]) for a, b in edges]),
        nodes=nodes,
        edges=tuple(Edge(a, b) for a, b in edges),
    )


def pictures(*, chinese: bool = True) -> tuple[Figure, ...]:
    return (
        waterfall(chinese=chinese),
        cash_flow(chinese=chinese),
        tornado(chinese=chinese),
        bars(chinese=chinese),
        total_cost(chinese=chinese),
        two_lines(chinese=chinese),
        plan(chinese=chinese),
        chain(chinese=chinese),
    )


def paper_of_pictures(*, chinese: bool = True) -> Document:
    return Document(
        title="图" if chinese else "Pictures",
        blocks=(
            TitleBlock("价值陈述" if chinese else "Value statement", "图表样张" if chinese else "All pictures"),
            Heading(1, plain("图" if chinese else "Pictures"), "pictures"),
            *pictures(chinese=chinese),
        ),
        languages=("zh-CN",) if chinese else ("en",),
        date=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        page_label="第 {page} 页，共 {pages} 页" if chinese else "Page {page} of {pages}",
    )
