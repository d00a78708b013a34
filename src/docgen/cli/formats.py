"""What people write behind --format. It imports nothing, for commands that may have nothing to do."""

from __future__ import annotations

from collections.abc import Sequence

import click


def chosen_formats(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """`docx,pdf` as formats; BadParameter for one that nobody knows."""
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [part for part in wanted if part not in known]
    if unknown or not wanted:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not a format; there are {', '.join(known)}")
    return wanted
