"""What goes together: the C of CPQ. Expands bundles, finds products, checks what requires and excludes what."""

from docgen.configuration.configure import Configuration, configure
from docgen.configuration.lines import ConfiguredLine

__all__ = ["Configuration", "ConfiguredLine", "configure"]
