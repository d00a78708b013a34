"""What a deal tells its customer, looked through before he reads it."""

from docgen.telling.checks import check_story
from docgen.telling.gates import final_gates

__all__ = ["check_story", "final_gates"]
