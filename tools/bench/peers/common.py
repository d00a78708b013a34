"""What every peer's script shares: `peer.py DATA.json OUT [COUNT]` writes one document, or times COUNT warm ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

FONTS = Path(__file__).parents[3] / "src" / "docgen" / "render" / "fonts"
"""All PDF peers embed the family docgen embeds."""

TABLES = ("lines", "options", "payments")


def run(render: Callable[[dict[str, Any], Path], None]) -> None:
    """One cold document, or, with a count, one to warm up and then the times of that many."""
    data = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    out = Path(sys.argv[2])
    render(data, out)
    if len(sys.argv) > 3:
        times = []
        for _ in range(int(sys.argv[3])):
            wall, cpu = perf_counter(), process_time()
            render(data, out)
            times.append([perf_counter() - wall, process_time() - cpu])
        print(json.dumps(times))
