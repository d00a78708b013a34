"""Names of the steps that no file names."""

from __future__ import annotations

from docgen.values import Text


def _name(zh: str, en: str) -> Text:
    return Text.model_validate({"zh-CN": zh, "en": en})


CONTRACT_PRICE = _name("协议价", "Agreed price")
TIER_PRICE = _name("阶梯价", "Tier price")
BUNDLE_DISCOUNT = _name("套件优惠", "Bundle discount")
BUNDLE_PRICE = _name("套件价", "Bundle price")
INCLUDED = _name("套件内含", "Included in bundle")
FREE_MONTHS = _name("赠送月份", "Free months")
NEGOTIATED = _name("协商折扣", "Negotiated discount")
UPGRADE_CREDIT = _name("升级抵扣", "Upgrade credit")
PARTNER_DISCOUNT = _name("渠道折扣", "Partner discount")
TAX_TAKEN_OUT = _name("价内税", "Tax included")
FULL_PAYMENT = _name("全款", "Full payment")
INSTALMENT = _name("分期", "Instalment")
