"""The hash of what a yes is bound to: records that were written must be readable for ever, so its form is pinned."""

from __future__ import annotations

import hashlib

from docgen.approvals.looked_at import digest


def test_the_hash_is_of_compact_json_with_sorted_keys_in_utf_8() -> None:
    text = '{"discount":"0.25","lines.custom 接口":"1 = 9000.00, tax 6%"}'
    expected = f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"
    assert digest({"lines.custom 接口": "1 = 9000.00, tax 6%", "discount": "0.25"}) == expected
    assert expected.endswith("e5eb4e58547e")


def test_the_order_of_what_was_looked_at_does_not_matter_and_every_value_does() -> None:
    one, other = {"net": "1", "discount": "0.25"}, {"discount": "0.25", "net": "1"}
    assert digest(one) == digest(other) != digest({**one, "net": "2"})
