"""Make the sample of a company's own Word letter: `templates/letter-quote/letter-quote.<language>.docx`.

`python tools/make_letter_docx.py`. The same script gives the same bytes. A company makes its letter in Word; this one
is written part by part, so that it stays small and everybody can see what is in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from docgen.render.docx.numbering import WORD, bullet_definition, list_of
from docgen.render.docx.package import pack, write_zip
from docgen.render.docx.styles import Style, identity, paragraph_style
from docgen.render.docx.xml import DECLARATION, escape

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "letter-quote"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = f'xmlns:w="{WORD}" xmlns:r="{_OFFICE}"'
_INK, _MUTED, _ACCENT = "1B2430", "5F6B7A", "1F4E79"
_WIDTH = 9354
"""Between margins of 22.5 mm."""

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "fonts": ("Arial", "Microsoft YaHei"),
        "phone": "Phone ",
        "email": "",
        "tax": "Tax no. ",
        "number": "Quotation no.",
        "date": "Date",
        "valid": "Valid until",
        "contact": "Our contact",
        "attention": "Attn. ",
        "subject": "Quotation",
        "for": " for ",
        "greeting": "Dear Sir or Madam,",
        "opening": (
            "Thank you for your interest. We are pleased to offer you the following for a total of ",
            ". All amounts are in ",
            "; the offer holds until ",
            ", that day included.",
        ),
        "untaxed": "Prices and net amounts in the table are before tax.",
        "payment": "Payment",
        "terms": "Terms",
        "delivery": ("Delivery: ", "."),
        "price": ("Prices: ", "."),
        "warranty": ("Warranty: ", " months."),
        "bank": ("Please pay to account ", " with ", "."),
        "options": "Also available",
        "options_note": "These items are not part of the total; you may add them at the prices shown.",
        "thanks": "We look forward to working with you. For any question please write or call.",
        "close": "Yours faithfully,",
        "accepted": "Accepted",
        "page": ("Page ", " of ", ""),
    },
    "zh-CN": {
        "fonts": ("Arial", "Microsoft YaHei"),
        "phone": "电话 ",
        "email": "",
        "tax": "税号 ",
        "number": "报价编号",
        "date": "日期",
        "valid": "有效期至",
        "contact": "我方联系人",
        "attention": "收件人：",
        "subject": "报价函",
        "for": "：",
        "greeting": "尊敬的客户：",
        "opening": (
            "感谢贵公司的关注。现就贵公司的需求报价如下，总价为 ",
            "。全部金额以 ",
            " 计，本报价有效期至 ",
            "（含当日）。",
        ),
        "untaxed": "表中单价与净额均不含税。",
        "payment": "付款安排",
        "terms": "商务条款",
        "delivery": ("交付：", "。"),
        "price": ("价格：", "。"),
        "warranty": ("质保期：", " 个月。"),
        "bank": ("收款账号 ", "，", "。"),
        "options": "可选项目",
        "options_note": "以下项目不计入总价，贵公司可按所列价格另行选购。",
        "thanks": "期待与贵公司合作。如有任何疑问，请随时与我们联系。",
        "close": "顺颂商祺！",
        "accepted": "客户确认",
        "page": ("第 ", " 页，共 ", " 页"),
    },
}


# ---- small pieces ---------------------------------------------------------------------------------------------------
_count = 0


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def properties_of(tag: str, more: str = "", look: str = "") -> str:
    """The properties of a control; Word shows its title while somebody works on it."""
    global _count
    _count += 1
    return (
        f'<w:sdtPr>{look}<w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{1000 + _count}"/>{more}</w:sdtPr>'
    )


def field(tag: str, look: str = "") -> str:
    """A plain-text control in a line; what stands in it now is its own name."""
    own = f"<w:rPr>{look}</w:rPr>" if look else ""
    properties = properties_of(tag, "<w:text/>", own)
    return f"<w:sdt>{properties}<w:sdtContent><w:r>{own}<w:t>{tag}</w:t></w:r></w:sdtContent></w:sdt>"


def around(tag: str, content: str) -> str:
    """A rich-text control around words or whole paragraphs."""
    return f"<w:sdt>{properties_of(tag)}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def block(name: str) -> str:
    return around(f"block:{name}", paragraph(run(f"[{name}]"), "Normal"))


def paragraph(content: str, style: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{identity(style)}"/>{more}</w:pPr>{content}</w:p>'


def page_field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def grid(widths: list[int], rows: list[list[str]]) -> str:
    """A table that only sets things side by side."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )


# ---- the letter -----------------------------------------------------------------------------------------------------
def body(language: str) -> str:
    w = WORDS[language]
    comma = "，" if language == "zh-CN" else ", "
    address = (
        paragraph(field("customer.name"), "Addressee")
        + around(
            "if:customer.contact",
            paragraph(
                run(w["attention"])
                + field("customer.contact.name")
                + around("if:customer.contact.title", run(comma) + field("customer.contact.title")),
                "Address",
            ),
        )
        + around("if:customer.address", paragraph(field("customer.address"), "Address"))
    )
    facts = [("number", "number"), ("date", "date"), ("valid", "valid_until")]
    side = "".join(paragraph(run(f"{w[label]}\u2002", _quiet()) + field(tag), "Particulars") for label, tag in facts)
    contact = paragraph(run(f"{w['contact']}\u2002", _quiet()) + field("prepared_by.name"), "Particulars")
    side += around("if:prepared_by.name", contact)
    subject = run(f"{w['subject']} ") + field("number") + around("if:title", run(w["for"]) + field("title"))
    first, second, third, fourth = w["opening"]
    return "".join(
        (
            grid([5654, 3700], [[address, side]]),
            paragraph(subject, "Subject"),
            paragraph(run(w["greeting"]), "Body Text"),
            paragraph(
                run(first)
                + field("total")
                + run(second)
                + field("currency")
                + run(third)
                + field("valid_until")
                + run(fourth),
                "Body Text",
            ),
            block("price-table"),
            block("totals"),
            around("if:taxed", around("if:not tax_inclusive", paragraph(run(w["untaxed"], _quiet()), "Body Text"))),
            around(
                "if:has_optional",
                paragraph(run(w["options"]), "heading 1")
                + paragraph(run(w["options_note"]), "Body Text", "<w:keepNext/>")
                + block("optional-items"),
            ),
            around("if:has_payments", paragraph(run(w["payment"]), "heading 1") + block("payment-plan")),
            around("if:terms", paragraph(run(w["terms"]), "heading 1")),
            *(
                around(f"if:{tag}", paragraph(run(w[key][0]) + field(tag) + run(w[key][1]), "List Bullet"))
                for key, tag in (
                    ("delivery", "terms.delivery"),
                    ("price", "terms.price"),
                    ("warranty", "terms.warranty.months"),
                )
            ),
            around("each:terms.notes", paragraph(field("note"), "List Bullet")),
            around(
                "if:seller.bank",
                paragraph(
                    run(w["bank"][0])
                    + field("seller.bank.account")
                    + run(w["bank"][1])
                    + field("seller.bank.name")
                    + run(w["bank"][2]),
                    "List Bullet",
                ),
            ),
            paragraph(run(w["thanks"]), "Closing", "<w:keepNext/>"),
            signatures(w),
        )
    )


def signatures(w: dict[str, Any]) -> str:
    """Who writes, and where the customer signs."""
    rule = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="5F6B7A"/></w:pBdr>'
    ours = paragraph(run(w["close"]), "Sign Here") + paragraph(field("seller.name"), "Addressee", rule)
    ours += around(
        "if:prepared_by",
        paragraph(
            field("prepared_by.name") + around("if:prepared_by.title", run(", ") + field("prepared_by.title")),
            "Address",
        ),
    )
    theirs = paragraph(run(w["accepted"], _quiet()), "Sign Here") + paragraph(field("customer.name"), "Addressee", rule)
    theirs += paragraph(run(w["date"], _quiet()), "Address")
    return grid([4300, 754, 4300], [[ours, paragraph("", "Address"), theirs]]) + paragraph("", "Address")


def _quiet() -> str:
    return f'<w:color w:val="{_MUTED}"/>'


def header(language: str) -> str:
    w = WORDS[language]
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{_ACCENT}"/></w:pBdr>'
    lines = around("if:seller.address", paragraph(field("seller.address"), "header"))
    reached = (
        around("if:seller.phone", run(w["phone"]) + field("seller.phone"))
        + around("if:seller.email", run("  ") + field("seller.email"))
        + around("if:seller.website", run("  ") + field("seller.website"))
    )
    content = (
        paragraph(field("seller.name"), "Letterhead")
        + lines
        + paragraph(reached, "header", f'{rule}<w:spacing w:after="480"/>')
    )
    return f"{DECLARATION}<w:hdr {_NAMES}>{content}</w:hdr>"


def running(language: str) -> str:
    """The head of page 2 and later."""
    w = WORDS[language]
    content = paragraph(field("seller.name") + run(f" · {w['subject']} ") + field("number"), "header")
    return f"{DECLARATION}<w:hdr {_NAMES}>{content}</w:hdr>"


def footer(language: str) -> str:
    w = WORDS[language]
    before, between, after = w["page"]
    content = (
        field("seller.name")
        + around("if:seller.tax_id", run(f" · {w['tax']}") + field("seller.tax_id"))
        + "<w:r><w:tab/></w:r>"
        + run(before)
        + page_field("PAGE")
        + run(between)
        + page_field("NUMPAGES")
        + run(after)
    )
    return f"{DECLARATION}<w:ftr {_NAMES}>{paragraph(content, 'footer')}</w:ftr>"


# ---- styles and the package -----------------------------------------------------------------------------------------
def styles(language: str) -> str:
    latin, cjk = WORDS[language]["fonts"]
    own = [
        Style("Body Text", space=(0, 7)),
        Style("heading 1", 12, f"#{_ACCENT}", True, space=(12, 4), keep_next=True, keep_lines=True, outline=0),
        Style("Letterhead", 17, f"#{_ACCENT}", True, space=(0, 2)),
        Style("Address", space=(0, 1)),
        Style("Addressee", bold=True, space=(0, 1), keep_next=True),
        Style("Particulars", space=(0, 1), align="right"),
        Style("Subject", 13, f"#{_INK}", True, space=(22, 10), keep_next=True),
        Style("Closing", space=(10, 14)),
        Style("Sign Here", space=(0, 38), keep_next=True),
        Style("List Bullet", space=(0, 3), number=1),
        Style("header", 9, f"#{_MUTED}", space=(0, 0)),
        Style("footer", 9, f"#{_MUTED}", tab=_WIDTH),
    ]
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{cjk}"/>'
    return (
        f'{DECLARATION}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/>'
        '<w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/></w:pPr>'
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/><w:rPr><w:color w:val="{_INK}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name '
        'w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        '<w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(paragraph_style(style, order) for order, style in enumerate(own, start=2))
        + "</w:styles>"
    )


def document(language: str) -> str:
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="rIdHead"/><w:headerReference w:type="default" '
        'r:id="rIdRunning"/><w:footerReference w:type="first" r:id="rIdFoot"/><w:footerReference w:type="default" '
        'r:id="rIdFoot"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1276" w:bottom="1134" '
        'w:left="1276" w:header="680" w:footer="510" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return f"{DECLARATION}<w:document {_NAMES}><w:body>{body(language)}{section}</w:body></w:document>"


def settings() -> str:
    return (
        f'{DECLARATION}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:characterSpacingControl '
        'w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def letter(language: str) -> bytes:
    """The whole file."""
    global _count
    _count = 0
    lists = (
        f'{DECLARATION}<w:numbering xmlns:w="{WORD}">{bullet_definition(1, "ListBullet")}{list_of(1, 1)}</w:numbering>'
    )
    parts = {
        "document": document(language), "styles": styles(language), "numbering": lists, "settings": settings(),
        "header1": header(language), "header2": running(language), "footer1": footer(language),
    }  # fmt: skip
    related = (
        ("rIdStyles", "styles", "styles"), ("rIdLists", "numbering", "numbering"),
        ("rIdSettings", "settings", "settings"),
        ("rIdHead", "header", "header1"), ("rIdRunning", "header", "header2"), ("rIdFoot", "footer", "footer1"),
    )  # fmt: skip
    kinds = {"document": "document.main", "header1": "header", "header2": "header", "footer1": "footer"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kinds.get(name, name)}+xml"/>'
        for name in sorted(parts)
    )
    files = {f"word/{name}.xml": text for name, text in parts.items()}
    files["[Content_Types].xml"] = (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    files["_rels/.rels"] = _relations([("rId1", "officeDocument", "word/document.xml")])
    files["word/_rels/document.xml.rels"] = _relations([(id_, kind, f"{name}.xml") for id_, kind, name in related])
    return write_zip([(name, pack(files[name].encode())) for name in sorted(files)])


def _relations(relations: list[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def main() -> None:
    arguments = argparse.ArgumentParser(description="Make the sample letters.")
    arguments.add_argument("--out", type=Path, default=FOLDER)
    out = arguments.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for language in WORDS:
        (out / f"letter-quote.{language}.docx").write_bytes(letter(language))


if __name__ == "__main__":
    main()
