"""Which currencies there are, and how many decimals each has: ISO 4217, nothing else.

Source: ISO 4217 list one (current currencies and funds) as published on 1 January 2026: without BGN (Bulgaria has the
euro), with XAD, XCG and ZWG. Codes to which the standard gives no minor unit (gold, SDR, test codes) are no currencies
to quote in. CLDR, and so Babel, counts the decimals in use instead: it has 0 for AFN, ALL, IQD, IRR, KPW, LAK, LBP,
MGA, MMK, RSD, SOS, SYP and YER, and for the cash of many more (HUF, IDR, TWD). An invoice follows ISO.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CODES_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW "
        "CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
        "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
        "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
        "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG "
        "YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

MINOR_DIGITS: Mapping[str, int] = MappingProxyType(
    {code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()}
)


def is_currency(code: str) -> bool:
    """Whether `code` is an active ISO 4217 currency, written as the standard writes it: `CNY`, not `cny` or `RMB`."""
    return code in MINOR_DIGITS


def minor_digits(code: str) -> int:
    """How many decimals amounts in this currency have.

    >>> minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD"), minor_digits("CLF")
    (2, 0, 3, 4)
    """
    try:
        return MINOR_DIGITS[code]
    except KeyError:
        raise ValueError(f"{code!r} is not an active ISO 4217 currency") from None
