"""How a scalar in a file becomes a value: every number, rate, day and text is read as text and typed here.

A file never yields a float. Each parser refuses what it is not sure of and says what was probably meant; the `type` of
a `PydanticCustomError` raised here is the problem code the locales have a sentence for.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from importlib import import_module
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError, core_schema

LANGUAGES = ("zh-CN", "en")

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
_GROUPED = re.compile(r"-?\d{1,3}([,_' ]\d{3})+(\.\d+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")


class Model(BaseModel):
    """Grammar of every file: unknown keys are refused, values never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False, protected_namespaces=(), defer_build=True
    )
    shorthand: ClassVar[dict[str, Any] | None] = None
    """JSON schema of a shorter way to write the whole model, where it has one: `12%` for a line's discount."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        own = handler(core)
        return own if cls.shorthand is None else {"anyOf": [cls.shorthand, own]}


class Shorthand:
    """Marks a field that may be written shorter than its type says: one word for a list of one."""

    def __init__(self, **schema: Any) -> None:
        self.schema = schema

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return {"anyOf": [self.schema, handler(core)]}


def _refuse(code: str, value: object, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(code, "{code}: {value}", {"code": code, "value": str(value)[:80], "hint": hint})


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise _refuse("not_a_number", _kind_of(value))
    text = value.strip()
    if _NUMBER.fullmatch(text) and text.isascii():
        return Decimal(text)
    raise _refuse("not_a_number", value, _plain_number(text))


def _plain_number(text: str) -> str:
    """What was probably meant by a number we do not read: without grouping, in half-width digits."""
    text = text.translate(_FULL_WIDTH)
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[,_' ]", "", text)
    return text if _NUMBER.fullmatch(text) and text.isascii() else ""


def _kind_of(value: object) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), str(value))


def _number(low: str | None, high: str, places: int, *, above: bool = False) -> Any:
    """A parser for Decimals between low and high with at most `places` decimals."""
    lowest, highest = (Decimal(low) if low is not None else None), Decimal(high)
    finest = Decimal(1).scaleb(-places)

    def parse(value: object) -> Decimal:
        number = _decimal(value)
        if lowest is not None and (number < lowest or (above and number == lowest)):
            raise _refuse("too_small", value, f"{'more than' if above else 'at least'} {low}")
        if number > highest:
            raise _refuse("too_large", value, f"at most {high}")
        if number.quantize(finest) != number:
            raise _refuse("too_many_decimals", value, str(places))
        return number

    return parse


class Rate(Decimal):
    """A rate as a Decimal (12 % is 0.12); remembers when it was written as a bare decimal."""

    written_bare: bool = False


_RATE = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)\s*%")
BARE_RATES = "bare_rates"
"""Key of the validation context under which a loader learns that some rate was written as 0.12."""


def parse_rate(value: object, context: Any = None) -> Decimal:
    """`12%` → 0.12. `12` is refused (did you mean 12%?), `0.12` is read with a warning."""
    if isinstance(value, Rate):
        return value
    if not isinstance(value, str):
        raise _refuse("not_a_rate", _kind_of(value), "12%")
    text = value.strip()
    if text.isascii() and (match := _RATE.fullmatch(text)):
        return Rate(Decimal(match[1]).scaleb(-2))
    if text.isascii() and _NUMBER.fullmatch(text):
        number = Decimal(text)
        if number == 0 or abs(number) >= 1:
            raise _refuse("rate_without_percent", value, f"{text}%")
        rate = Rate(number)
        rate.written_bare = True
        if context is not None:
            context.setdefault(BARE_RATES, []).append(text)
        return rate
    meant = text.translate(_FULL_WIDTH)
    raise _refuse("not_a_rate", value, meant if _RATE.fullmatch(meant) else "12%")


def _rate(low: str, high: str) -> Any:
    lowest, highest = Decimal(low), Decimal(high)

    def parse(value: object, info: ValidationInfo) -> Decimal:
        rate = parse_rate(value, info.context)
        if not lowest <= rate <= highest:
            raise _refuse("rate_out_of_range", value, f"{lowest * 100:f}% to {highest * 100:f}%")
        return rate

    return parse


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def parse_day(value: object) -> dt.date:
    """`2026-11-20`; other ways of writing a day are refused with the ISO form as hint."""
    if isinstance(value, dt.date):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    match = _DAY.fullmatch(text)
    if match is None:
        raise _refuse("not_a_day", _kind_of(value), "2026-11-20")
    iso = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        raise _refuse("no_such_day", value) from None
    if text != iso:
        raise _refuse("not_a_day", value, iso)
    if not 1990 <= day.year <= 2199:
        raise _refuse("no_such_day", value)
    return day


_YES_NO = {"true": True, "false": False}
_MEANT = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "1": "true",
    "是": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "0": "false",
    "否": "false",
}


def parse_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _YES_NO:
        return _YES_NO[value.lower()]
    raise _refuse("not_yes_no", _kind_of(value), _MEANT.get(str(value).lower(), "true or false"))


def _text(longest: int) -> Any:
    def parse(value: object) -> str:
        if not isinstance(value, str):
            raise _refuse("not_text", _kind_of(value))
        text = value.strip()
        if not text:
            raise _refuse("empty_text", value)
        if len(text) > longest:
            raise _refuse("text_too_long", f"{len(text)} characters", str(longest))
        return text

    return parse


def one_of(words: tuple[str, ...]) -> Any:
    """A parser for one of a few words; the way out names the closest."""

    def parse(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        raise _refuse("not_one_of", _kind_of(value), ", ".join(words))

    return parse


def _whole(low: int, high: int) -> Any:
    number = _number(str(low), str(high), 0)

    def parse(value: object) -> int:
        return int(number(value))

    return parse


def _as(parser: Any, schema: dict[str, Any]) -> Any:
    return (PlainValidator(parser), WithJsonSchema(schema))


NUMERIC: Any = {"type": ["number", "string"]}
PERCENT: Any = {"type": "string", "pattern": r"^-?\d+(\.\d+)?\s*%$", "examples": ["12%"]}
PLAIN_TEXT: Any = {"type": "string"}
YES_OR_NO: Any = {"type": "boolean"}

Amount = Annotated[Decimal, *_as(_number("0", "1000000000000000", 4), NUMERIC)]
"""Money, zero or more, in the deal's currency."""
SignedAmount = Annotated[Decimal, *_as(_number("-1000000000000000", "1000000000000000", 4), NUMERIC)]
UnitPrice = Annotated[Decimal, *_as(_number("0", "1000000000000", 6), NUMERIC)]
"""Money for one unit, up to six decimals."""
Quantity = Annotated[Decimal, *_as(_number("0", "1000000000", 6, above=True), NUMERIC)]
"""How many, more than zero."""
QuantityOrZero = Annotated[Decimal, *_as(_number("0", "1000000000", 6), NUMERIC)]
Share = Annotated[Decimal, *_as(_rate("0", "1"), PERCENT)]
"""A rate from 0 % to 100 %."""
AnyRate = Annotated[Decimal, *_as(_rate("-10", "1000"), PERCENT)]
Stage = Annotated[Decimal, *_as(_number("1", "10", 1), NUMERIC)]
Day = Annotated[dt.date, *_as(parse_day, {"type": "string", "format": "date", "examples": ["2026-11-20"]})]
YesNo = Annotated[bool, *_as(parse_yes_no, {"type": "boolean"})]
Word = Annotated[str, *_as(_text(300), {"type": "string", "maxLength": 300})]
"""One short text, the same in every language: a number, a name, an address."""
Months = Annotated[int, *_as(_whole(1, 600), {"type": "integer", "minimum": 1, "maximum": 600})]
MonthsOrZero = Annotated[int, *_as(_whole(0, 600), {"type": "integer", "minimum": 0, "maximum": 600})]
Days = Annotated[int, *_as(_whole(0, 3660), {"type": "integer", "minimum": 0, "maximum": 3660})]
Step = Annotated[int, *_as(_whole(1, 99), {"type": "integer", "minimum": 1, "maximum": 99})]
Count = Annotated[int, *_as(_whole(0, 1000000), {"type": "integer", "minimum": 0})]


_name = _text(64)
_SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


def _sku(value: object) -> str:
    text = _name(value)
    if not _SKU.fullmatch(text):
        raise _refuse("not_a_sku", value)
    return str(text)


def _deal_number(value: object) -> str:
    """Names files as well, so nothing a file system or a shell could misread."""
    text = _name(value)
    reserved = re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", text)
    if not re.fullmatch(r"[^\W_][\w.-]*", text) or ".." in text or text.endswith(".") or reserved:
        raise _refuse("not_a_deal_number", value)
    return str(text)


Sku = Annotated[str, *_as(_sku, {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._/-]*$"})]
DealNumber = Annotated[str, *_as(_deal_number, {"type": "string", "examples": ["D-2026-0117"]})]

_LongText = Annotated[str, *_as(_text(20000), {"type": "string"})]


class Text(Model):
    """Words on a paper: the same in every language, or one text per language."""

    zh: _LongText | None = Field(None, alias="zh-CN")
    en: _LongText | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"zh-CN": value, "en": value}
        if not isinstance(value, dict) or not value:
            raise _refuse("not_text", _kind_of(value))
        return value

    def get(self, language: str) -> str:
        """The text in `language`, else in the other one."""
        own, other = (self.zh, self.en) if language == "zh-CN" else (self.en, self.zh)
        return own or other or ""

    @property
    def in_every_language(self) -> str:
        """In all the languages it has, `甲 / A`, so that the language of a paper changes nothing."""
        return " / ".join(dict.fromkeys(filter(None, (self.zh, self.en))))

    def __str__(self) -> str:
        return self.zh or self.en or ""

    @classmethod
    def of(cls, words: str) -> Text:
        return cls.model_validate(words)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        per_language = {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {language: {"type": "string"} for language in LANGUAGES},
        }
        return {"anyOf": [{"type": "string"}, per_language]}


SECTION = "x-section"
"""Key of the place in a JSON schema where a section's own schema belongs."""


class Section:
    """Marks a field whose grammar lives in another module and is loaded only when a file has it.

    Most deals tell no story and model no value; they should not pay for importing those grammars. The loader
    validates a section by itself, so its mistakes are reported beside those of the rest.
    """

    def __init__(self, model: str) -> None:
        self.module, self.name = model.split(":")

    @property
    def model(self) -> type[Model]:
        found: type[Model] = getattr(import_module(self.module), self.name)
        return found

    def validate(self, value: Any) -> Any:
        return value if isinstance(value, Model) else self.model.model_validate(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.nullable_schema(core_schema.no_info_plain_validator_function(self.validate))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return {SECTION: self.name}
