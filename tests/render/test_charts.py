"""Pictures, seen from outside: the numbers behind them, what a machine reads, and what Word and LibreOffice open."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from lxml import etree
from pikepdf import pdfa

from docgen.content.blocks import Columns, Document, Figure, text_of
from docgen.content.figures import (
    BarChart,
    Diagram,
    Edge,
    Gantt,
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
from docgen.content.walk import words_of
from docgen.render.docx import write_docx
from docgen.render.drawing import draw
from docgen.render.drawing.layers import levels
from docgen.render.drawing.lettering import width, wrap
from docgen.render.drawing.places import hoist, spread
from docgen.render.drawing.scene import Box, Words
from docgen.render.html import write_html
from docgen.render.pdf import write_pdf
from docgen.render.text import write_text
from docgen.render.theme import Look, Theme
from tests.render import pictures as samples
from tests.render.pictures import paper_of_pictures, pictures, table, write

ROOT = Path(__file__).resolve().parents[2]
LOOK = Look(Theme(), (ROOT / "templates/_house/house.docx").read_bytes())
D = Decimal
HOSTILE = '=1+1 A&B <b>x</b> {{ y }} ]]> "q" %s (un(balanced \\n &amp;'
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DATA = table(("a", "b"), [("x", "1")])


def paper(*figures: Figure) -> Document:
    return dataclasses.replace(paper_of_pictures(), blocks=figures)


def waterfall(*values: int, totals: tuple[int, ...] = ()) -> Waterfall:
    """Changes in a row; places in `totals` are the sum so far."""
    level, steps = D(0), []
    levels = []
    for place, value in enumerate(values):
        change = D(value)
        if place not in totals:
            level += change
        levels.append(level)
        steps.append(Step(f"step {place}", level if place in totals else change, write(change), place in totals))
    return Waterfall(title="t", alt="a", data=DATA, steps=tuple(steps), axis=axis(levels, write))


def tornado(base: int, *swings: tuple[int, int]) -> Tornado:
    found = tuple(
        Swing(f"swing {place}", D(low), D(high), write(D(low)), write(D(high)))
        for place, (low, high) in enumerate(swings)
    )
    values = [D(base), *(value for swing in found for value in (swing.low, swing.high))]
    scale = axis(values, write, zero=False)
    return Tornado(title="t", alt="a", data=DATA, swings=found, base=D(base), base_label="base", axis=scale)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def charts(data: bytes) -> list[tuple[etree._Element, dict[str, list[object]]]]:
    """Each chart part with its workbook: column heads to the amounts a program that does not calculate sees."""
    out = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for number in range(1, sum(name.startswith("word/charts/chart") for name in package.namelist()) + 1):
            root = etree.fromstring(package.read(f"word/charts/chart{number}.xml"))
            book = openpyxl.load_workbook(
                io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx")), data_only=True
            )
            columns = {
                column[0].coordinate: [cell.value for cell in column[1:]] for column in book["Sheet1"].iter_cols()
            }
            out.append((root, columns))
    return out


def series(root: etree._Element) -> Iterator[tuple[str, list[str | None]]]:
    """Where each series' amounts stand in the workbook, and the amounts the chart itself remembers."""
    for each in root.iter(f"{CHART}ser"):
        reference = each.find(f"{CHART}val/{CHART}numRef")
        count = int(reference.find(f"{CHART}numCache/{CHART}ptCount").get("val"))
        points = {int(point.get("idx")): point[0].text for point in reference.iter(f"{CHART}pt")}
        yield reference.find(f"{CHART}f").text, [points.get(place) for place in range(count)]


def pdf_words(document: Document) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    data = write_pdf(document, LOOK)
    found = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s+", "", found.stdout.decode())


# ---- axes and honesty -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 37, 184], ["0", "50", "100", "150", "200"]),
        ([-380, 455], ["−400", "−200", "0", "200", "400", "600"]),
        ([0], ["0", "1"]),
        ([-3], ["−3", "−2", "−1", "0"]),
        ([1_000_000], ["0", "200,000", "400,000", "600,000", "800,000", "1,000,000"]),
    ],
)
def test_an_axis_counts_in_steps_of_one_two_or_five(values: list[int], ticks: list[str]) -> None:
    assert [tick.label for tick in axis(map(D, values), write).ticks] == ticks


def test_an_axis_never_prints_two_ticks_alike() -> None:
    found = axis([D("0.3"), D("2.4")], write)
    assert [tick.label for tick in found.ticks] == ["0", "1", "2", "3"]


def test_an_axis_without_zero_starts_near_the_lowest_value() -> None:
    assert axis(map(D, [210, 690]), write, zero=False).low == 200


def test_a_waterfall_whose_total_is_not_the_sum_is_refused() -> None:
    steps = (Step("a", D(100), "100"), Step("b", D("99.99"), "99.99", total=True))
    with pytest.raises(ValueError, match=r"reaches 100 where the total 'b' says 99\.99"):
        Waterfall(title="", alt="", data=DATA, steps=steps, axis=axis([D(100)], write))


def test_a_task_outside_the_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the plan's 3 months"):
        Gantt(title="", alt="", data=DATA, tasks=(Task("a", D(2), D(2)),), periods=("1", "2", "3"))
    with pytest.raises(ValueError, match="outside the plan's 6 months"):
        Gantt(
            title="",
            alt="",
            data=DATA,
            tasks=(),
            periods=("Q1", "Q2"),
            months_each=3,
            milestones=(Milestone("a", D(7)),),
        )


def test_more_series_than_print_can_tell_apart_are_refused() -> None:
    scale = axis([D(1)], write)
    five = tuple(Series(str(number), (D(1),)) for number in range(5))
    with pytest.raises(ValueError, match="4 series apart in print, not 5"):
        BarChart(title="", alt="", data=DATA, places=("a",), series=five, axis=scale)
    with pytest.raises(ValueError, match="as many values"):
        LineChart(title="", alt="", data=DATA, places=("a", "b"), series=five[:1], axis=scale)


def test_an_arrow_to_a_box_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not there: \\['b'\\]"):
        Diagram(title="", alt="", data=DATA, nodes=(Node("a", "A"),), edges=(Edge("a", "b"),))


def test_the_widest_swing_of_a_tornado_stands_on_top() -> None:
    ranked = tornado(100, (90, 110), (20, 300), (80, 150)).ranked()
    assert [swing.span for swing in ranked] == [280, 70, 20]


# ---- drawing --------------------------------------------------------------------------------------------------------
def test_labels_that_collide_move_apart_as_little_as_can_be() -> None:
    assert spread([10, 11, 12], 4, 0, 100) == [7, 11, 15]
    assert spread([50, 10], 4, 0, 100) == [50, 10]
    assert spread([98, 99], 4, 0, 100) == [96, 100]


def test_flags_of_events_never_touch() -> None:
    for poles in (
        [(50, 80), (60, 80), (70, 80)],
        [(380, 90), (395, 40)],
        [(10, 5)] * 4,
        [(390, 80), (300, 120), (5, 3)],
    ):
        flags = hoist(poles, 0, 400, 4)
        for place, one in enumerate(flags):
            for other in flags[place + 1 :]:
                assert one.row != other.row or one.end <= other.start or other.end <= one.start


def test_long_labels_wrap_and_then_end_in_an_ellipsis() -> None:
    lines = wrap("供应链协同与多工厂主生产计划的全面升级改造项目", 8, 60, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width(line, 8) <= 60 for line in lines)


@pytest.mark.parametrize("room", [482, 230])
@pytest.mark.parametrize("chinese", [True, False])
def test_no_words_leave_the_picture_and_none_cover_one_another(chinese: bool, room: float) -> None:
    for figure in pictures(chinese=chinese):
        scene = draw(figure, Theme(), room)
        boxes = []
        for words in _all_words(scene.items):
            wide = width(words.text, words.size, bold=words.bold)
            left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
            assert left > -1, (figure.title, words.text)
            assert left + wide < room + 1, (figure.title, words.text)
            assert words.y < scene.height + 1, (figure.title, words.text)
            boxes.append((left, words.y - 0.72 * words.size, left + wide, words.y, words.text))
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (figure.title, one[4], other[4])


def _all_words(items: tuple[object, ...]) -> Iterator[Words]:
    for item in items:
        if isinstance(item, Words):
            yield item
        elif isinstance(item, Box):
            yield from item.words


def test_arrows_lead_downwards_from_level_to_level() -> None:
    rows, _ = levels(samples.chain())
    boxes = [[key for key in row if "\0" not in key] for row in rows]
    assert boxes[0] == ["it"]
    assert sorted(boxes[1]) == ["plan", "stock"]
    assert sorted(boxes[2]) == ["cfo", "sales"]
    assert boxes[3] == ["ceo"]


def test_a_circle_of_causes_is_drawn_and_not_followed_for_ever() -> None:
    nodes = tuple(Node(key, key) for key in "abc")
    edges = (Edge("a", "b"), Edge("b", "c"), Edge("c", "a"), Edge("a", "a"))
    rows, paths = levels(Diagram(title="", alt="", data=DATA, nodes=nodes, edges=edges))
    assert [[key for key in row if "\0" not in key] for row in rows] == [["a"], ["b"], ["c"]]
    assert len(paths) == 4
    assert draw(Diagram(title="", alt="", data=DATA, nodes=nodes, edges=edges), Theme(), 400).height > 0


HARD: tuple[Figure, ...] = (
    waterfall(0, 0, 0, totals=(2,)),
    waterfall(300, -500, 0, -200, 0, totals=(2, 4)),
    waterfall(),
    BarChart(title="", alt="", data=DATA, places=("a",), series=(Series("s", (D(0),), ("0",)),), axis=axis([], write)),
    BarChart(title="", alt="", data=DATA, places=(), series=(), axis=axis([], write)),
    LineChart(title="", alt="", data=DATA, places=("a",), series=(Series("s", (D(5),)),), axis=axis([D(5)], write)),
    LineChart(
        title="", alt="", data=DATA, places=("a", "b"), series=(Series("s", (None, None)),), axis=axis([], write)
    ),
    samples.cash_flow(60),
    tornado(100, (-300, 400), (260, -50), (120, 180), (-100, -20)),
    tornado(-50, (-80, -20), (-70, -60)),
    tornado(0),
    Gantt(title="", alt="", data=DATA, tasks=(), periods=()),
    Gantt(
        title="",
        alt="",
        data=DATA,
        tasks=tuple(Task(f"task {n}", D(n), D(1)) for n in range(60)),
        periods=tuple(f"Q{n}" for n in range(20)),
        months_each=3,
        milestones=tuple(Milestone(f"stone {n}", D(6 * n)) for n in range(11)),
    ),
    Diagram(title="", alt="", data=DATA, nodes=(), edges=()),
)


@pytest.mark.parametrize("figure", HARD)
def test_hard_cases_are_written_in_every_format(figure: Figure) -> None:
    document = paper(figure, Columns(((figure,), (figure,))))
    assert len(pikepdf.open(io.BytesIO(write_pdf(document, LOOK))).pages) >= 1
    assert all(etree.fromstring(part(write_docx(document, LOOK), name)) is not None for name in ["word/document.xml"])
    assert b"<svg" in write_html(document, LOOK)
    assert write_text(document, LOOK)


# ---- PDF ------------------------------------------------------------------------------------------------------------
@pytest.mark.pages
@pytest.mark.parametrize("chinese", [True, False])
def test_every_amount_and_name_of_a_picture_can_be_copied_from_the_page(chinese: bool) -> None:
    found = pdf_words(paper_of_pictures(chinese=chinese))
    first, _, third, *_, plan, chain = pictures(chinese=chinese)
    assert isinstance(first, Waterfall) and isinstance(third, Tornado)
    assert isinstance(plan, Gantt) and isinstance(chain, Diagram)
    pieces = [word for step in first.steps for word in (step.shown, step.label)]
    pieces += [word for swing in third.swings for word in (swing.low_shown, swing.high_shown)]
    pieces += [task.name for task in plan.tasks] + [stone.label for stone in plan.milestones]
    pieces += [word for node in chain.nodes for word in (node.title, *node.lines)]
    for piece in pieces:
        assert re.sub(r"\s+", "", piece) in found or len(piece) > 12, piece


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    pending = [pdf.Root.StructTreeRoot.K]
    while pending:
        element = pending.pop()
        yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        pending.extend(kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


def test_each_picture_is_a_figure_with_a_sentence_and_its_place_on_the_page() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(paper_of_pictures(), LOOK)))
    figures = [element for element in elements(pdf) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == [figure.alt for figure in pictures()]
    for figure in figures:
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_the_table_behind_a_picture_is_printed_only_where_it_is_asked_for() -> None:
    asked, not_asked = samples.waterfall(show_data=True), samples.waterfall(show_data=False)
    for figure, count in ((asked, 1), (not_asked, 0)):
        pdf = pikepdf.open(io.BytesIO(write_pdf(paper(figure), LOOK)))
        assert sum(element.S == "/Table" for element in elements(pdf)) == count


@pytest.mark.parametrize("chinese", [True, False])
def test_a_pdf_with_pictures_is_valid_pdf_a(chinese: bool, tmp_path: Path) -> None:
    from tests.render.test_pdf import ACCEPTED

    (tmp_path / "paper.pdf").write_bytes(write_pdf(paper_of_pictures(chinese=chinese), LOOK))
    findings = [str(finding) for finding in pdfa.validate_written(tmp_path / "paper.pdf", "3b").findings]
    assert [finding for finding in findings if not any(known in finding for known in ACCEPTED)] == []


def test_all_that_is_painted_belongs_to_the_tree_or_is_decoration() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(paper_of_pictures(), LOOK)))
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
    for page in pdf.pages:
        depth, numbers = 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    depth += 1
                    if str(operator) == "BDC" and "/MCID" in operands[1]:
                        numbers.append(int(operands[1].MCID))
                case "EMC":
                    depth -= 1
                case "Tj" | "TJ" | "f" | "s" | "S":
                    assert depth == 1
        assert depth == 0
        assert numbers == list(range(len(owners[int(page.StructParents)])))


def test_a_plan_taller_than_a_page_is_made_smaller_and_stays_in_one_piece() -> None:
    pdf = pikepdf.open(io.BytesIO(write_pdf(paper(HARD[-2]), LOOK)))
    assert len(pdf.pages) == 1


# ---- Word -----------------------------------------------------------------------------------------------------------
def test_charts_are_native_and_the_others_are_shapes() -> None:
    data = write_docx(paper_of_pictures(), LOOK)
    body = part(data, "word/document.xml").decode()
    assert body.count("<c:chart ") == 6
    assert body.count("<wpg:wgp ") == 2
    assert [figure.alt for figure in pictures()] == re.findall(r'descr="([^"]*)"', body)
    assert "TargetMode" not in part(data, "word/_rels/document.xml.rels").decode()


@pytest.mark.parametrize("document", [paper_of_pictures(), paper_of_pictures(chinese=False), paper(*HARD)])
def test_the_chart_remembers_exactly_what_its_workbook_holds(document: Document) -> None:
    found = charts(write_docx(document, LOOK))
    assert found
    for root, columns in found:
        for reference, amounts in series(root):
            letters = re.fullmatch(r"Sheet1!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)", reference)
            assert letters
            cells = columns[f"{letters[1]}1"][: int(letters[2]) - 1]
            assert [None if amount is None else float(amount) for amount in amounts] == cells


def test_a_waterfalls_workbook_holds_the_amounts_and_computes_the_stack() -> None:
    data = write_docx(paper(samples.waterfall()), LOOK)
    ((_, columns),) = charts(data)
    assert columns["B1"] == [620, 410, 185, 1215, -540, -165, 510]
    assert columns["C1"] == [0, 0, 0, 1, 0, 0, 1]
    assert [sum(stack) for stack in zip(columns["F1"], columns["G1"], columns["H1"], columns["I1"], strict=True)] == [
        620, 1030, 1215, 1215, 1215, 675, 510,
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(part(data, "word/embeddings/chart1.xlsx")))["Sheet1"]
    assert sheet["B5"].value == "=E4"
    assert sheet["E6"].value == "=IF(C6=1,E5,E5+B6)"


def test_columns_beneath_zero_stack_downwards() -> None:
    ((_, columns),) = charts(write_docx(paper(waterfall(300, -500, 0, totals=(2,))), LOOK))
    below = [columns[f"{letter}1"] for letter in "JKL"]
    assert [sum(row) for row in zip(*below, strict=True)] == [0, -200, -200]
    assert columns["H1"] == [0, 300, 0]


def test_a_tornados_bars_reach_from_low_to_high_through_the_base() -> None:
    chart = tornado(100, (-300, 400), (260, -50), (120, 180), (-100, -20))
    ((_, columns),) = charts(write_docx(paper(chart), LOOK))
    assert columns["B1"] == [-300, 260, -100, 120]
    stack = list(columns.values())[6:]
    for row, swing in enumerate(chart.ranked()):
        (
            ground,
            *parts,
            rest,
        ) = (column[row] for column in stack[:6])
        above = ground + sum(parts)
        assert max(above, 0) == max(swing.low, swing.high, chart.base, 0)
        assert above + rest == chart.axis.high
        below = sum(column[row] for column in stack[6:10])
        assert below == min(swing.low, swing.high, chart.base, 0)


def test_labels_print_the_words_they_were_given_and_follow_their_cells() -> None:
    (root, _), *_ = charts(write_docx(paper(samples.waterfall()), LOOK))
    texts = [node.text for node in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")]
    assert [step.shown for step in samples.waterfall().steps] == texts[1:8]
    assert root.findtext(".//{http://schemas.microsoft.com/office/drawing/2012/chart}f") == "Sheet1!$B$2:$B$8"


def test_axes_are_those_of_the_picture_and_their_numbers_have_no_sign() -> None:
    for (root, _), figure in zip(charts(write_docx(paper_of_pictures(), LOOK)), pictures(), strict=False):
        identities = [node.get("val") for node in root.iter(f"{CHART}axId", f"{CHART}crossAx")]
        assert all(identity.isdigit() for identity in identities)
        scaling = root.find(f".//{CHART}valAx/{CHART}scaling")
        assert D(scaling.find(f"{CHART}max").get("val")) == figure.axis.high  # type: ignore[attr-defined]
        assert D(root.find(f".//{CHART}majorUnit").get("val")) == figure.axis.step  # type: ignore[attr-defined]
        words = [node.text for node in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")]
        assert figure.title in words
        assert any(figure.axis.title in word for word in words if word)  # type: ignore[attr-defined]
        assert 'a:ea typeface="Microsoft YaHei"' in etree.tostring(root).decode()


ORDER = {
    "chartSpace": "date1904 roundedCorners chart spPr txPr externalData",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout areaChart barChart lineChart catAx valAx spPr",
    "barChart": "barDir grouping varyColors ser gapWidth overlap axId",
    "lineChart": "grouping varyColors ser marker axId",
    "areaChart": "grouping varyColors ser axId",
    "ser": "idx order tx spPr invertIfNegative marker dLbls errBars cat val smooth extLst",
    "dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize "
    "separator extLst",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator extLst",
    "catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses crossBetween majorUnit",
    "scaling": "orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "errBars": "errDir errBarType errValType noEndCap val spPr",
    "title": "tx layout overlay",
}


def test_the_elements_of_a_chart_stand_in_the_order_the_schema_demands() -> None:
    for root, _ in charts(write_docx(paper(*pictures(), *HARD), LOOK)):
        for element in root.iter(f"{CHART}*"):
            known = ORDER.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element] if known else []
            assert children == sorted(children, key=known.index), etree.QName(element).localname


def test_numbers_of_drawings_and_series_are_used_once() -> None:
    data = write_docx(paper_of_pictures(), LOOK)
    numbers = re.findall(r'<(?:wp:docPr|wps:cNvPr) id="(\d+)"', part(data, "word/document.xml").decode())
    assert len(numbers) == len(set(numbers))
    for root, _ in charts(data):
        order = [each.find(f"{CHART}idx").get("val") for each in root.iter(f"{CHART}ser")]
        assert len(order) == len(set(order))


def test_every_chart_part_is_declared_and_tied() -> None:
    data = write_docx(paper_of_pictures(), LOOK)
    types = part(data, "[Content_Types].xml").decode()
    for number in range(1, 7):
        assert f'PartName="/word/charts/chart{number}.xml"' in types
        assert f'PartName="/word/embeddings/chart{number}.xlsx"' in types
        ties = part(data, f"word/charts/_rels/chart{number}.xml.rels").decode()
        assert f"../embeddings/chart{number}.xlsx" in ties


@pytest.mark.pages
def test_libreoffice_shows_the_amounts_and_names_of_word_charts(tmp_path: Path) -> None:
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or pdftotext is not on this machine")
    (tmp_path / "paper.docx").write_bytes(write_docx(paper_of_pictures(), LOOK))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shown = subprocess.run(["pdftotext", tmp_path / "paper.pdf", "-"], check=True, capture_output=True, text=True)
    found = re.sub(r"\s+", "", shown.stdout)
    plan = samples.plan()
    for piece in (
        "从收益到净现值", "+620", "−540", "1,215", "软件与服务", "系统上线", "回本：14.7个月", "乐观", "210", "690",
        "总拥有成本", "430", "延后一年上线", *(re.sub(r"\s+", "", task.name) for task in plan.tasks),
        *(re.sub(r"\s+", "", stone.label) for stone in plan.milestones), "痛点：盘点差异4.6%",
    ):  # fmt: skip
        assert piece in found, piece


@pytest.mark.pages
def test_libreoffice_computes_the_stacks_to_the_same_amounts(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    swings = tornado(100, (-300, 400), (260, -50), (120, 180), (-100, -20))
    data = write_docx(paper(waterfall(300, -500, 80, 0, totals=(3,)), swings, samples.cash_flow()), LOOK)
    for number, (_, columns) in enumerate(charts(data), start=1):
        source = tmp_path / f"chart{number}.xlsx"
        source.write_bytes(uncalculated(part(data, f"word/embeddings/chart{number}.xlsx")))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1"]
        subprocess.run([*command, "--outdir", tmp_path, source], check=True, capture_output=True, timeout=120)
        rows = list(csv.reader(source.with_suffix(".csv").read_text(encoding="utf-8").splitlines()))[1:]
        for row, cells in zip(rows, zip(*columns.values(), strict=True), strict=True):
            for shown, cell in zip(row[1:], cells[1:], strict=True):
                amount = float(shown.replace("−", "-").replace(",", "")) if shown else None
                assert amount == (None if cell is None else pytest.approx(cell, abs=0.5))


def uncalculated(workbook: bytes) -> bytes:
    """The workbook without the results of its formulas, so that whoever opens it has to compute them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", old.read(name)))
    return out.getvalue()


# ---- web page and text ----------------------------------------------------------------------------------------------
def test_the_web_page_holds_each_picture_with_title_and_sentence_and_runs_nothing() -> None:
    html = write_html(paper_of_pictures(), LOOK).decode()
    roots = [etree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]
    assert [root.findtext("desc") for root in roots] == [figure.alt for figure in pictures()]
    assert [root.findtext("title") for root in roots] == [figure.title for figure in pictures()]
    assert "<script" not in html
    assert "href=" not in html
    assert html.count("<table") == len(pictures())


def test_plain_text_says_the_sentence_and_prints_the_table() -> None:
    text = write_text(paper_of_pictures(), LOOK).decode()
    for figure in pictures():
        assert figure.title in text
        assert figure.alt in text
        for row in figure.data.rows:
            assert text_of(row.cells[0].content) in text


# ---- what never happens ---------------------------------------------------------------------------------------------
def hostile() -> tuple[Figure, ...]:
    step = Step(HOSTILE, D(1), HOSTILE)
    scale = dataclasses.replace(axis([D(1)], write), title=HOSTILE)
    flow = samples.cash_flow()
    return (
        Waterfall(title=HOSTILE, alt=HOSTILE, data=table((HOSTILE, "b"), [(HOSTILE, "1")]), steps=(step,), axis=scale),
        dataclasses.replace(flow, marks=(Mark(D(3), HOSTILE),), series=(Series(HOSTILE, flow.series[0].values),)),
        dataclasses.replace(samples.plan(), tasks=(Task(HOSTILE, D(0), D(1), HOSTILE, HOSTILE),)),
        Diagram(title=HOSTILE, alt=HOSTILE, data=DATA, nodes=(Node(HOSTILE, HOSTILE, (HOSTILE,)),), edges=()),
    )


def test_hostile_words_are_words_and_nothing_else() -> None:
    document = paper(*hostile())
    data = write_docx(document, LOOK)
    body = etree.fromstring(part(data, "word/document.xml"))
    assert HOSTILE in [node.get("descr") for node in body.iter() if "descr" in node.attrib]
    assert "".join(body.itertext()).count(HOSTILE) >= 4
    root, columns = charts(data)[0]
    assert columns["A1"] == [HOSTILE]
    assert HOSTILE in [node.text for node in root.iter(f"{CHART}v")]
    sheet = openpyxl.load_workbook(io.BytesIO(part(data, "word/embeddings/chart1.xlsx")))["Sheet1"]
    assert sheet["A2"].data_type in ("s", "inlineStr")
    html = write_html(document, LOOK).decode()
    assert "<b>x</b>" not in html
    assert all(etree.fromstring(found) is not None for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    pdf = pikepdf.open(io.BytesIO(write_pdf(document, LOOK)))
    assert HOSTILE in [str(element.Alt) for element in elements(pdf) if element.S == "/Figure"]


@pytest.mark.pages
def test_hostile_words_are_drawn_literally_on_the_page() -> None:
    assert re.sub(r"\s+", "", HOSTILE) in pdf_words(paper(hostile()[3]))


def test_a_character_no_font_has_is_found_in_a_label_but_not_in_what_is_only_heard() -> None:
    figure = dataclasses.replace(samples.waterfall(show_data=False), alt="heard", data=table(("silent", "b"), []))
    words = words_of(paper(figure))
    assert "库存占用下降" in words and "+620" in words and "1,500" in words
    assert "heard" not in words and "silent" not in words


CHILD = """
import hashlib, sys
from pathlib import Path
from docgen.render import WRITERS
from docgen.render.theme import Look, Theme
from tests.render.pictures import paper_of_pictures
look = Look(Theme(), Path("templates/_house/house.docx").read_bytes())
for name in ("pdf", "docx", "html", "txt"):
    print(hashlib.sha256(WRITERS[name](paper_of_pictures(), look)).hexdigest())
"""


def test_pictures_are_the_same_bytes_anywhere_and_any_time() -> None:
    writers = (write_pdf, write_docx, write_html, write_text)
    here = [hashlib.sha256(writer(paper_of_pictures(), LOOK)).hexdigest() for writer in writers]
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", CHILD]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == here


def test_a_paper_without_pictures_loads_nothing_of_them() -> None:
    code = """
import sys
from pathlib import Path
from docgen.render import WRITERS
from docgen.render.theme import Look, Theme
from tests.render.specimen import specimen
look = Look(Theme(), Path("templates/_house/house.docx").read_bytes())
for name in ("pdf", "docx", "html", "txt"):
    WRITERS[name](specimen(2), look)
print([name for name in sys.modules if "figures" in name or "drawing" in name or "chart" in name or "svg" in name])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_word_paper_of_charts_loads_no_pdf_library_and_no_spreadsheet_library() -> None:
    code = """
import sys
from pathlib import Path
from docgen.render import WRITERS
from docgen.render.theme import Look, Theme
from tests.render.pictures import paper_of_pictures
WRITERS["docx"](paper_of_pictures(), Look(Theme(), Path("templates/_house/house.docx").read_bytes()))
print([name for name in sys.modules if name.partition(".")[0] in ("reportlab", "openpyxl", "docx")])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
