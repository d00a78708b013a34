"""docgen templates import: contracts as lawyers write them become clauses, and nothing is lost unsaid."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.lawbook import load_lawbook
from docgen.reading import Workspace
from docgen.wordfile import Paragraph, WordFile, accepted, read_word
from tests.conftest import ROOT, SAMPLES, TODAY
from tests.safety.house import call
from tests.wordfile.papers import (
    CAP,
    LAW,
    contract,
    dele,
    docx,
    field,
    ins,
    p,
    run,
    table,
)  # fmt: skip


def imported(folder: Path, data: bytes, *more: str) -> tuple[dict[str, str], str]:
    """The texts by clause, and what the command said."""
    (folder / "contract.docx").write_bytes(data)
    done = call("templates", "import", "contract.docx", "--into", "clauses", *more, cwd=folder)
    assert done.returncode == 0, done.stderr
    language = "en" if "--en" in more else "*"
    texts = {path.parent.name: path.read_text("utf-8") for path in sorted(folder.glob(f"clauses/*/{language}.md"))}
    return texts, done.stdout + done.stderr


# ---- structure ------------------------------------------------------------------------------------------------------
def test_words_own_numbers_become_clauses_paragraphs_and_items(tmp_path: Path) -> None:
    items = p("为备份所必需的；", "Clause3") + p("法律允许的。", "Clause3")
    limits = (
        p("使用限制", "Clause1")
        + p("甲方不得复制软件，但下列情形除外：", "Clause2")
        + items
        + p("甲方不得出租软件。", "Clause2")
    )
    texts, _ = imported(tmp_path, docx(p("合同") + limits + p("适用法律", "Clause1") + p(LAW, "Clause2")))
    assert texts["licence_limits"] == (
        "# 使用限制\n\n{{ buyer }}不得复制软件，但下列情形除外：\n\n- 为备份所必需的；\n- 法律允许的。\n\n"
        "{{ buyer }}不得出租软件。\n"
    )
    assert texts["governing_law"].startswith("# 适用法律\n\n")


TYPED = (
    "软件许可合同",
    "甲方：某某（虚构）",
    "第一条 许可",
    "1.1 乙方授予甲方非独占的使用权。",
    "1.2 甲方不得：",
    "（1）复制软件；",
    "（2）出租软件，包括：",
    "a) 有偿的；",
    "b) 无偿的。",
    "1.3 许可自交付之日起生效。",
    "第二条　付款",
    "甲方按第1.2款和第一条第3款的约定付款，见《民法典》第四百九十六条。",
    "第十二条 违约责任",
    "违约方应当赔偿损失。按照第二条处理，另见第九十九条。",
    "（以下无正文）",
    "甲方（盖章）",
)


def test_numbers_typed_by_hand_are_read_as_what_they_mean(tmp_path: Path) -> None:
    texts, said = imported(tmp_path, docx("".join(p(line) for line in TYPED)))
    licence, pay, breach = (
        next(t for t in texts.values() if t.startswith(f"# {name}")) for name in ("许可", "付款", "违约")
    )
    assert licence.split("\n\n", 1)[1] == (
        "{{ supplier }}授予{{ buyer }}非独占的使用权。\n\n{{ buyer }}不得：\n\n- 复制软件；\n- 出租软件，包括：\n"
        "  - 有偿的；\n  - 无偿的。\n\n许可自交付之日起生效。\n"
    )
    key = next(key for key, text in texts.items() if text is licence)
    assert f"按[[ref:{key}.2]]和[[ref:{key}.3]]的约定付款，见《民法典》第四百九十六条。" in pay
    payment = next(key for key, text in texts.items() if text is pay)
    assert f"按照[[ref:{payment}]]处理，另见第九十九条。" in breach
    assert "“第九十九条” refers to no place that was taken" in said
    assert "2 paragraphs before the first clause are not taken" in said
    assert "2 paragraphs behind the last clause are not taken" in said


ENGLISH = (
    "SOFTWARE AGREEMENT",
    "1. DEFINITIONS",
    "1.1 In this Agreement “Software” means the programs named in the order (the “Programs”).",
    "2. Fees.",
    "2.1 The Customer shall pay the Supplier within the time stated in Clause 3.1 of this Agreement.",
    "(a) in full; and",
    "(b) without set-off under Article 5 of the Sale Act.",
    "3. Time",
    "3.1 Payment is due as set out in Section 2.",
    "IN WITNESS WHEREOF the parties have signed.",
)


def test_an_english_contract_is_read_the_same_way_and_named_by_its_titles(tmp_path: Path) -> None:
    texts, said = imported(tmp_path, docx("".join(p(line) for line in ENGLISH)))
    assert list(texts) == ["definitions", "fees", "time"]
    assert texts["fees"] == (
        "# Fees\n\nThe {{ buyer }} shall pay the {{ supplier }} within the time stated in [[ref:time.1]].\n\n"
        "- in full; and\n- without set-off under Article 5 of the Sale Act.\n"
    )
    assert texts["time"].endswith("Payment is due as set out in [[ref:fees]].\n")
    assert "defined: Programs, Software" in said or "defined: Software, Programs" in said


def test_chapters_over_long_articles_make_the_chapters_clauses(tmp_path: Path) -> None:
    lines = (
        "第一章 总则",
        "第一条 为了明确双方的权利义务，依据有关法律的规定，双方经平等协商一致，订立本合同，共同遵守。",
        "第二条 本合同所称软件，是指附件所列的、由乙方享有著作权的计算机程序及其全部文档和后续更新的版本。",
        "第二章 价款",
        "第三条 甲方应当在收到乙方开具的合法有效的发票之后，按照本合同约定的期限和方式，向乙方支付全部价款。",
    )
    texts, _ = imported(tmp_path, docx("".join(p(line) for line in lines)))
    assert [text.split("\n", 1)[0] for text in texts.values()] == ["# 总则", "# 价款"]
    assert [text.count("\n\n") for text in texts.values()] == [2, 1]


def test_titles_in_bold_or_before_a_colon_are_found_and_a_missing_one_is_told(tmp_path: Path) -> None:
    body = (
        p(
            run("第一条 ")
            + run("交付。", "<w:b/>")
            + run("乙方应当在合同生效后将软件的安装介质交付给甲方指定的联系人，并附文档。")
        )
        + p("第二条 验收：甲方应当在收到软件之后及时组织验收，并在约定的期限内书面告知乙方验收的结果。")
        + p("第三条 任何一方未经另一方书面同意，不得将本合同项下的权利义务全部或者部分转让给任何第三方。")
    )
    texts, said = imported(tmp_path, docx(body))
    assert [text.split("\n")[0] for text in texts.values()] == ["# 验收", "# ", "# 交付"]
    assert any("乙方应当在" in text or "{{ supplier }}应当在合同生效后" in text for text in texts.values())
    assert "the article has no title" in said


def test_cross_reference_fields_lead_to_the_clause_of_their_bookmark(tmp_path: Path) -> None:
    law = p(
        run("按本合同第")
        + field(r"REF dg_fees_3 \r \h", "1.2")
        + run("款执行，不适用")
        + field("REF nowhere", "附录")
        + run("。"),
        "Clause2",
    )
    texts, _ = imported(tmp_path, contract(law=p("适用法律", "Clause1", "dg_law_1") + law))
    fees = next(key for key, text in texts.items() if text.startswith("# 费用"))
    assert f"按[[ref:{fees}.2]]执行，不适用附录。" in texts["governing_law"]


def test_tables_become_items_and_are_told(tmp_path: Path) -> None:
    texts, said = imported(tmp_path, contract())
    fees = next(text for text in texts.values() if text.startswith("# 费用"))
    assert fees.endswith("- 款项 | 比例 | 金额\n- 首付款 | 30% | 360,000.00\n- 验收款 | 70% | 840,000.00\n")
    assert "contract.docx:5:1: warning: a table became items" in said


def test_an_annex_becomes_a_clause_of_its_own_with_headings(tmp_path: Path) -> None:
    body = (
        "".join(p(line) for line in TYPED[2:4])
        + p("附件一 服务说明")
        + p(run("1. 范围", "<w:b/>"))
        + p("乙方提供维护。")
    )
    texts, _ = imported(tmp_path, docx(body))
    key, text = next((key, text) for key, text in texts.items() if "服务说明" in text)
    assert text == "# 服务说明\n\n## 范围\n\n{{ supplier }}提供维护。\n"
    assert yaml.safe_load((tmp_path / "clauses" / key / "clause.yaml").read_text("utf-8"))["annex"] is True


def test_annexes_that_are_only_listed_are_no_annexes(tmp_path: Path) -> None:
    lines = (
        "第一条 附件",
        "本合同的附件：",
        "附件一 报价单",
        "附件二 服务说明",
        "第二条 生效",
        "本合同自签字之日起生效。",
    )
    texts, _ = imported(tmp_path, docx("".join(p(line) for line in lines)))
    assert len(texts) == 2


# ---- words stay words -----------------------------------------------------------------------------------------------
def test_marks_of_the_author_stay_words(tmp_path: Path) -> None:
    words = "金额为{{ fees.total }}或{% if x %}，见[[ref:fees]]与*号*、[●]。"
    texts, said = imported(tmp_path, docx(p("第一条 费用") + p(words)))
    text = next(iter(texts.values()))
    assert not re.search(r"\{\{ fees|\{%|\[\[ref", text)
    assert "braces that look like a mark were made harmless" in said
    from docgen.content.blocks import text_of
    from docgen.content.markdown import read_markdown

    blocks = read_markdown(text.split("\n", 2)[2], [], "x", language="zh-CN")
    assert text_of(blocks[0].content) == "金额为｛｛ fees.total ｝｝或｛% if x %｝，见[[ref:fees]]与*号*、[●]。"  # type: ignore[union-attr]


PIECES = [
    "{",
    "}",
    "%",
    "#",
    "[",
    "]",
    "*",
    "_",
    "\\",
    "- ",
    "1. ",
    "甲方",
    "ref:fees",
    "a",
    "付款",
    "`",
    "<b>",
    "&amp;",
    "|",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_whatever_an_author_types_is_printed_as_he_typed_it(typed: str) -> None:
    from docgen.content.blocks import Paragraph as Printed
    from docgen.content.blocks import text_of
    from docgen.content.markdown import read_markdown
    from docgen.intake.marks import Marker
    from docgen.wordfile import Piece

    marker = Marker({}, {}, {"甲方": "{{ buyer }}"})
    text = marker.marked([Piece(f"付{typed}款")], 1)
    source = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(f"{text}\n").render(buyer="甲方")
    (block,) = read_markdown(source, [], "x", language="zh-CN")
    assert isinstance(block, Printed)
    wide = str.maketrans("｛｝", "{}")
    assert text_of(block.content).translate(wide) == " ".join(f"付{typed}款".split())


def test_tracked_changes_comments_and_footnotes_are_told(tmp_path: Path) -> None:
    parts = {
        "comments": ("comments", f'<w:comment w:id="3" w:author="X">{p("?")}</w:comment>'),
        "footnotes": ("footnotes", f'<w:footnote w:id="2">{p("脚注")}</w:footnote>'),
    }
    words = run("双方") + dele("可以") + ins("应当") + run("保密。") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    texts, said = imported(tmp_path, docx(p("第一条 保密") + p(words), parts=parts))
    assert "双方应当保密。" in next(iter(texts.values()))
    for told in ("tracked changes were taken as accepted", "1 comments are not taken", "footnotes are not taken"):
        assert told in said


def test_words_printed_bold_and_underlined_make_a_conspicuous_clause(tmp_path: Path) -> None:
    loud = p(run(CAP, "<w:b/><w:u w:val='single'/>"), "Clause2")
    imported(tmp_path, contract(liability=p("责任限制", "Clause1") + loud))
    card = yaml.safe_load((tmp_path / "clauses" / "liability_cap" / "clause.yaml").read_text("utf-8"))
    assert card["conspicuous"] is True


def test_other_names_for_the_sides_can_be_given(tmp_path: Path) -> None:
    texts, _ = imported(
        tmp_path, docx(p("1. Use") + p("1.1 The Licensee may use what the Licensor delivers.")),
        "--buyer", "Licensee", "--supplier", "Licensor",
    )  # fmt: skip
    assert "The {{ buyer }} may use what the {{ supplier }} delivers." in texts["use"]


# ---- files ----------------------------------------------------------------------------------------------------------
def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, contract())
    kept = {path: path.read_bytes() for path in tmp_path.glob("clauses/**/*.*")}
    again, said = imported(tmp_path, contract())
    assert len(again) == 2 * len(first)
    assert "governing_law_2" in again and "like the library's" in said
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "contract.docx").write_bytes(contract())
    done = call("templates", "import", "contract.docx", "--into", "clauses", "--dry-run", cwd=tmp_path)
    assert (done.returncode, "4 clauses" in done.stdout, (tmp_path / "clauses").exists()) == (0, True, False)


def test_the_card_asks_for_legals_yes_and_names_the_day_and_the_file(tmp_path: Path) -> None:
    imported(tmp_path, contract(), "--type", "licence", "--type", "saas")
    card = yaml.safe_load((tmp_path / "clauses" / "governing_law" / "clause.yaml").read_text("utf-8"))
    assert (card["may"], card["approver"], card["changes"]) == (
        ["licence", "saas"],
        "legal",
        [{"version": "0.1", "date": TODAY, "note": "Imported from contract.docx"}],
    )


def test_defined_terms_are_proposed_with_their_sentences(tmp_path: Path) -> None:
    body = p("第一条 定义") + p("“软件”是指附件所列的程序。") + p("上海某某公司（以下简称“乙方代表”）负责联络。")
    imported(tmp_path, docx(body))
    found = yaml.safe_load((tmp_path / "clauses" / "_terms.proposed.yaml").read_text("utf-8"))
    assert [(each["zh-CN"], each["definition"]["zh-CN"]) for each in found.values()] == [
        ("软件", "是指附件所列的程序。"),
        ("乙方代表", "上海某某公司（以下简称“乙方代表”）负责联络。"),
    ]


@pytest.mark.parametrize(
    ("data", "told"), [(docx(p("Just a letter.") + p("Yours")), "no article was found"), (b"x", "is not a Word file")]
)
def test_what_is_no_contract_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(data)
    done = call("templates", "import", "letter.docx", "--into", "clauses", cwd=tmp_path)
    assert (done.returncode, told in done.stderr, (tmp_path / "clauses").exists()) == (1, True, False)


# ---- docgen's own contracts -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafted")
    for name in ("huarui-erp", "contracts/mixed-bilingual"):
        deal = SAMPLES / name / "deal.yaml"
        assert call("make", "contract", deal, "--format", "docx", "--out", folder, cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize(("number", "languages"), [("D-2026-0117", ["zh-CN"]), ("D-2026-0221", ["en", "zh-CN"])])
def test_a_contract_docgen_drafted_comes_back_as_a_library_that_can_be_read(
    number: str, languages: list[str], drafted: Path, tmp_path: Path
) -> None:
    done = call(
        "templates",
        "import",
        drafted / f"{number}-contract.docx",
        "--into",
        tmp_path / "templates/clauses",
        cwd=tmp_path,
    )
    assert done.returncode == 0
    (tmp_path / "templates" / "contract").mkdir()
    for name in ("contract.yaml", "document.yaml"):
        (tmp_path / "templates/contract" / name).write_bytes((ROOT / "templates/contract" / name).read_bytes())
    book = load_lawbook(Workspace((tmp_path,)))
    assert [each for each in book.problems if each.is_error] == []
    assert book.library is not None and len(book.library.clauses) > 50
    for clause in book.library.clauses.values():
        assert sorted(language for _, language in clause.texts) == languages


def test_every_word_of_every_clause_is_kept(drafted: Path, tmp_path: Path) -> None:
    texts, _ = imported(tmp_path, (drafted / "D-2026-0117-contract.docx").read_bytes())
    kept = _bare("".join(texts.values()))
    file = read_word((drafted / "D-2026-0117-contract.docx").read_bytes(), "x")
    assert isinstance(file, WordFile)
    clauses = [
        b for b in accepted(file.blocks) if isinstance(b, Paragraph) and any(n.startswith("dg_") for n in b.bookmarks)
    ]
    assert len(clauses) > 300
    for block in clauses:
        words = "".join("\0" if piece.refers else piece.text for piece in block.pieces)
        if block.outline == 1 and not block.label:
            continue  # the heading of an annex: its number is not kept
        for part in re.split(r"(?:本合同|本附件)?第?\0[条款项]?", words):
            assert _bare(part) in kept, block.text


def _bare(text: str) -> str:
    """Without marks, escapes and white space."""
    sides = text.replace("{{ buyer }}", "甲方").replace("{{ supplier }}", "乙方")
    return re.sub(r"\[\[ref:[^\]]*\]\]|\\|\s", "", sides)


# ---- other habits ---------------------------------------------------------------------------------------------------
def test_of_two_sorts_of_numbers_the_one_that_comes_first_begins_articles(tmp_path: Path) -> None:
    lines = ("合同", "一、服务内容", "（一）乙方提供以下服务：", "1.安装；", "2.培训。", "（二）在上海提供。",
             "二、费用", "（一）总价为十万元。", "（二）按第一条执行。")  # fmt: skip
    texts, _ = imported(tmp_path, docx("".join(map(p, lines))))
    assert texts == {
        "clause_01": "# 服务内容\n\n{{ supplier }}提供以下服务：\n\n- 安装；\n- 培训。\n\n在上海提供。\n",
        "clause_02": "# 费用\n\n总价为十万元。\n\n按[[ref:clause_01]]执行。\n",
    }


def test_the_same_sorts_the_other_way_round(tmp_path: Path) -> None:
    texts, _ = imported(tmp_path, docx("".join(map(p, ("1. 范围", "一、安装。", "二、培训。", "2. 费用", "按次。")))))
    assert texts == {"clause_01": "# 范围\n\n安装。\n\n培训。\n", "clause_02": "# 费用\n\n按次。\n"}


def test_headings_over_numbered_sentences_are_the_articles(tmp_path: Path) -> None:
    heading = "<w:outlineLvl w:val='0'/>"
    body = p("Services", properties=heading) + p("1. The Supplier supplies them.") + p("2. It does so on Mondays.")
    body += p("Fees", properties=heading) + p("3. The Customer pays them.")
    texts, _ = imported(tmp_path, docx(body))
    assert texts["fees"] == "# Fees\n\nThe {{ buyer }} pays them.\n"
    assert [len(text.split("\n\n")) for text in texts.values()] == [2, 3]


def _both(folder: Path, clause: str) -> list[str]:
    return [(folder / "clauses" / clause / f"{each}.md").read_text("utf-8") for each in ("zh-CN", "en")]


def test_two_languages_beside_one_another_in_a_table_are_read_as_both(tmp_path: Path) -> None:
    rows = (("第一条 目的", "Article 1 Purpose"), ("双方拟讨论合作事宜。", "The Parties wish to discuss it."),
            ("第二条 保密", "Article 2 Confidentiality"), ("2.1 接收方保密。", "2.1 The Recipient keeps it secret."),
            ("2.2 期限为3年。", "2.2 The period is three years."))  # fmt: skip
    imported(tmp_path, docx(p("保密协议 Non-Disclosure Agreement") + table(*rows)))
    assert _both(tmp_path, "confidentiality") == [
        "# 保密\n\n接收方保密。\n\n期限为3年。\n",
        "# Confidentiality\n\nThe Recipient keeps it secret.\n\nThe period is three years.\n",
    ]


def test_a_typed_heading_in_both_languages_gives_each_its_part(tmp_path: Path) -> None:
    lines = ("1. 目的 Purpose", "双方拟合作。", "The Parties wish to co-operate.", "2. 保密 Confidentiality",
             "接收方保密。", "The Receiving Party keeps it secret.")  # fmt: skip
    imported(tmp_path, docx("".join(map(p, lines))))
    assert _both(tmp_path, "confidentiality") == [
        "# 保密\n\n接收方保密。\n",
        "# Confidentiality\n\nThe Receiving Party keeps it secret.\n",
    ]


def test_a_dash_between_number_and_title_belongs_to_neither(tmp_path: Path) -> None:
    lines = ("ARTICLE I – GRANT", "1.01 It is granted.", "ARTICLE II – TERM", "2.01 It lasts.")
    texts, _ = imported(tmp_path, docx("".join(map(p, lines))))
    assert [text.split("\n")[0] for text in texts.values()] == ["# GRANT", "# TERM"]
