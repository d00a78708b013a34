"""What a change of words does to the papers: those of sample deals as they were at a revision and as they are now.

revisions    the workspace as it was, the door to git        papers    each paper then and now, and its redline
"""

from docgen.redlines.papers import Redlined, redlines, sample_deals
from docgen.redlines.revisions import Revision, find_revision

__all__ = ["Redlined", "Revision", "find_revision", "redlines", "sample_deals"]
