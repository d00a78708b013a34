"""Cut the fonts docgen ships from two npm packages of @expo-google-fonts: noto-sans-sc and source-sans-3.

    python tools/make_fonts.py                  packs both into a temporary folder and cuts from there
    python tools/make_fonts.py chinese latin    cuts from two unpacked packages

The Chinese family draws its Latin letters after Source Sans but has few of them (no Š, Ł, ₹). The missing ones are
taken from Source Sans itself, scaled the same way, so that a customer in Łódź is printed in one face.

Writes one static TrueType file a weight, the list of the characters both have, and the licence, into
`src/docgen/render/fonts`. Run it again only when a package or the wanted characters change; the result is committed.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.roundingPen import RoundingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

PACKAGES = ("@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/source-sans-3@0.4.1")
WEIGHTS = {
    "Regular": ("400Regular/NotoSansSC_400Regular.ttf", "400Regular/SourceSans3_400Regular.ttf"),
    "Bold": ("700Bold/NotoSansSC_700Bold.ttf", "700Bold/SourceSans3_700Bold.ttf"),
}
TARGET = Path(__file__).resolve().parent.parent / "src" / "docgen" / "render" / "fonts"

# Whole stretches of Unicode; what the font lacks in them is simply not in the coverage list.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F),        # Latin, Latin-1, Latin Extended-A
    (0x180, 0x24F), (0x251, 0x251), (0x261, 0x261),  # further Latin, Pinyin
    (0x2C6, 0x2DD), (0x370, 0x3FF), (0x400, 0x45F), (0x1E00, 0x1EFF),  # accents, Greek, Cyrillic, Vietnamese
    (0x2010, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20C0),  # punctuation, super- and subscripts, currencies
    (0x2100, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF),  # letter-like, number forms, arrows, mathematics
    (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x27BF),  # enclosed, box drawing, shapes, signs
    (0x2E3A, 0x2E3B), (0x3000, 0x303F), (0x3040, 0x30FF), (0x3105, 0x312F),  # long dashes, CJK punctuation, kana
    (0x3200, 0x33FF), (0xFB00, 0xFB04), (0xFE10, 0xFE6F), (0xFF01, 0xFFEF),  # enclosed CJK, ligatures, full-width forms
)  # fmt: skip
# In the national list of general characters (people and places are called so) but outside GBK.
BEYOND_GBK = (
    "㑇㘎㙍㛃㛹㟃㠇㤘㥄㧏㧐㧑㧟㨃㫰㬎㭎㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢"
    "䴓䴔䴕䴖䴗䴘䴙䶮"
)


def wanted() -> set[int]:
    """Every code point we would like to have."""
    points = {point for first, last in RANGES for point in range(first, last + 1)}
    points.update(map(ord, BEYOND_GBK))
    for point in range(0x80, 0x10000):
        try:
            chr(point).encode("gbk")
        except UnicodeEncodeError:
            continue
        points.add(point)
    return points


def cut(source: Path, latin: Path, target: Path, points: set[int]) -> set[int]:
    """Write the subset of one face, filled up from the Latin one; return the code points it really has."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []  # docgen sets its own punctuation; nothing would read these tables
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
    options.legacy_cmap = False
    font: TTFont = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    characters = {**font.getBestCmap(), **_fill_up(font, TTFont(latin), points)}
    for table in font["cmap"].tables:
        table.cmap = dict(characters)  # one object for two tables would be written once, in one format
    _index_by_ranges(font, characters)
    subset.save_font(font, str(target), options)
    return set(characters)


def _fill_up(font: TTFont, latin: TTFont, points: set[int]) -> dict[int, str]:
    """Draw what `font` lacks after `latin`, as large as its own letters; return the new characters and glyphs."""
    own, other = font.getBestCmap(), latin.getBestCmap()
    scale = font["hmtx"][own[ord("H")]][0] / latin["hmtx"][other[ord("H")]][0]
    glyphs = latin.getGlyphSet()
    added: dict[int, str] = {}
    order = font.getGlyphOrder()
    for point in sorted(points & set(other) - set(own)):
        outline, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[other[point]].draw(outline)
        outline.replay(RoundingPen(TransformPen(pen, (scale, 0, 0, scale, 0, 0))))
        name = f"latin{point:04X}"
        glyph = pen.glyph()
        order.append(name)
        font["glyf"].glyphs[name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (round(latin["hmtx"][other[point]][0] * scale), getattr(glyph, "xMin", 0))
        added[point] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    return added


def _index_by_ranges(font: TTFont, characters: dict[int, str]) -> None:
    """Give the font a format 12 character map, the one docgen can search where it lies."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, dict(characters)
    font["cmap"].tables.append(table)


def ranges(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The points as sorted, closed ranges."""
    first = last = -1
    for point in sorted(points):
        if point == last + 1:
            last = point
            continue
        if first >= 0:
            yield first, last
        first = last = point
    if first >= 0:
        yield first, last


def fetch(folder: Path, package: str) -> Path:
    """The package unpacked below `folder`, through npm."""
    folder.mkdir()
    packed = (
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
        .stdout.strip()
        .splitlines()[-1]
    )
    with tarfile.open(folder / packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def make(chinese: Path, latin: Path) -> None:
    points = wanted()
    have = set(points)
    for weight, (main_file, latin_file) in WEIGHTS.items():
        have &= cut(chinese / main_file, latin / latin_file, TARGET / f"NotoSansSC-{weight}.ttf", points)
    lines = (f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in ranges(have))
    (TARGET / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    first, _, _ = (latin / "LICENSE_FONT").read_text("utf-8").partition("\n")
    terms = (chinese / "LICENSE_FONT").read_text("utf-8")
    (TARGET / "OFL.txt").write_text(f"{first.strip()}\n{terms}", encoding="utf-8")
    print(f"{len(have)} characters")


def main() -> None:
    if len(sys.argv) == 3:
        make(Path(sys.argv[1]), Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        chinese, latin = (fetch(Path(folder) / str(place), package) for place, package in enumerate(PACKAGES))
        make(chinese, latin)


if __name__ == "__main__":
    main()
