"""What we sell and what it costs: price lists."""

from docgen.catalog.model import Catalog, Product

__all__ = ["Catalog", "Product"]
