"""What one customer asked and was promised, as deal.yaml says."""

from docgen.deal.model import Deal, Line

__all__ = ["Deal", "Line"]
