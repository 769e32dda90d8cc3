"""A figure of ours as a drawing inside the page: one SVG for light, dark and paper.

Its colours of paper and ink become those of the page, its letters stay letters, and its title and
caption are taken out, since the page sets them as text.
"""

from __future__ import annotations

import base64
import dataclasses
import io
import re
import xml.etree.ElementTree as tree
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from .. import look
from ..canvas import MARGIN, dark_beside
from ..look import DARK, LIGHT, Style
from .document import Picture

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
TRACED = dataclasses.replace(LIGHT, paper="#fffffe", ink="#222221", soft="#666665", guide="#dddddc")
"""The light style in colours that occur nowhere else, to be found again in the drawing."""
OURS = {getattr(TRACED, name): f"var(--{name})" for name in ("paper", "ink", "soft", "guide")}
COLOUR = re.compile("|".join(OURS), re.IGNORECASE)
SHADED = re.compile("|".join(look.LETTERS), re.IGNORECASE)
NUMBER = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
Box = tuple[float, float, float, float]
PX = 96 / 72
"""Pixels of the page for a point of a figure."""
LETTERS = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"
"""The font of the figures and what is as wide where it is missing."""


def picture(draw: Callable[[Any, Style], Any], result: Any, name: str, shows: str) -> Picture:
    """A figure drawn for the page, with its finding and what it `shows` as alternative text.

    `name` keeps its inner references apart from those of other figures.
    """
    import matplotlib

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "svg.image_inline": True,
        "text.parse_math": False,
    }
    with matplotlib.rc_context(settings):
        figure = draw(result, TRACED)
        title, caption, box = _taken_out(figure)
        root = _svg(figure)
        if figure.findobj(AxesImage):
            _with_dark_images(root, figure)
    root.set("viewBox", " ".join(f"{value:.1f}" for value in box))
    markup = Markup(_inline(root, name, f"{title}. {shows}"))
    return Picture(markup, title, f"{title}. {shows}", caption, round(box[2] * PX))


def stored(path: Path, title: str, shows: str, caption: str) -> Picture:
    """A figure that a folder holds as PNG, and beside it for dark pages, for results whose runs are not kept."""
    alt, dark = f"{title}. {shows}", dark_beside(path)
    files = [(path, "on-light"), (dark, "on-dark")] if dark.is_file() else [(path, "")]
    return Picture(Markup().join(_image(alt, *each) for each in files), title, alt, caption, 920)


def _image(alt: str, path: Path, shown: str) -> Markup:
    data = base64.b64encode(path.read_bytes()).decode()
    return Markup('<img class="{}" alt="{}" src="data:image/png;base64,{}">').format(shown, alt, data)


def _taken_out(figure: Any) -> tuple[str, str, Box]:
    """Title and caption of a sheet, which are hidden with its subject, and the box that is left (points
    from the upper left corner). Halos become marks that the style sheet knows."""
    wide, high = figure.get_size_inches() * 72
    said = {
        text.get_gid(): text for text in figure.texts if text.get_gid() in ("subject", "title", "caption")
    }
    top, bottom = 0.0, float(high)
    if "title" in said:
        top = high - said["title"].get_window_extent().y0 * 72 / figure.dpi
    if "caption" in said:
        bottom = high - said["caption"].get_window_extent().y1 * 72 / figure.dpi
    for text in said.values():
        text.set_visible(False)
    for count, text in enumerate(figure.findobj(Text)):
        if text.get_path_effects():
            text.set_path_effects([])
            text.set_gid(f"halo-{count}")
    title, caption = (
        " ".join(said[name].get_text().split()) if name in said else "" for name in ("title", "caption")
    )
    left = MARGIN * 72 - 4
    return title, caption, (left, top + 2, wide - left, bottom - top - 4)


def _svg(figure: Any) -> tree.Element:
    file = io.BytesIO()
    figure.savefig(file, format="svg", facecolor="none", metadata={"Date": None})
    return tree.fromstring(file.getvalue())


def _with_dark_images(root: tree.Element, figure: Any) -> None:
    """Beside every image that is pixels, the same image for a dark page: colours of zones are exchanged."""
    for artist in figure.findobj(lambda each: isinstance(each, Text | Line2D | Patch | Collection)):
        artist.set_visible(False)
    for image in figure.findobj(AxesImage):
        image.set_data(_darkened(image.get_array()))
    dark = _svg(figure).findall(f".//{SVG}image")
    parents = {child: parent for parent in root.iter() for child in parent}
    for light, other in zip(root.findall(f".//{SVG}image"), dark, strict=True):
        twin = tree.Element(light.tag, {**light.attrib, LINK: other.get(LINK, "")})
        twin.attrib.pop("id", None)
        light.set("class", "on-light")
        twin.set("class", "on-dark")
        inside = parents[light]
        inside.insert(list(inside).index(light) + 1, twin)


def _darkened(pixels: Any) -> Any:
    """An image in the colours of zones of the light style, in those of the dark one."""
    import numpy as np

    result = np.array(pixels, float)
    for letter, colour in LIGHT.zones.items():
        same = np.isclose(np.asarray(pixels, float), to_rgb(colour), atol=1e-3).all(axis=-1)
        result[same] = to_rgb(DARK.zones[letter])
    return result


def _inline(root: tree.Element, name: str, alt: str) -> str:
    """An SVG element for the body of a page: no namespaces, no outside references, ids of its own."""
    for metadata in root.findall(f"{SVG}metadata"):
        root.remove(metadata)
    used = set(REFERENCE.findall(" ".join(value for each in root.iter() for value in each.attrib.values())))
    used |= {each.get(LINK, "")[1:] for each in root.iter()}
    for each in root.iter():
        each.tag = each.tag.removeprefix(SVG)
        each.attrib = {key: _attribute(key, value, name) for key, value in each.attrib.items()}
        if LINK in each.attrib:
            each.set("href", each.attrib.pop(LINK))
        own = each.attrib.pop("id", "")
        if own.startswith("halo-"):
            each.set("class", "halo")
        elif own and own in used:
            each.set("id", f"{name}-{own}")
        each.tail = None
        if each.tag == "text":
            each.set(
                "style",
                SHADED.sub(lambda match: f"var(--letters-{match[0][1:].lower()})", each.get("style", "")),
            )
        elif each.tag not in ("tspan", "style"):
            each.text = None
    root.attrib = {"viewBox": root.get("viewBox", ""), "role": "img", "aria-label": alt}
    return tree.tostring(root, encoding="unicode", short_empty_elements=True)


def _attribute(key: str, value: str, name: str) -> str:
    if key == "id":
        return value
    if key == LINK:
        return f"#{name}-{value[1:]}" if value.startswith("#") else re.sub(r"\s+", "", value)
    value = REFERENCE.sub(rf"url(#{name}-\1)", value)
    value = COLOUR.sub(lambda match: OURS[match[0].lower()], value)
    value = value.replace(f"'{look.FONT}'", LETTERS)
    if key in ("d", "x", "y", "transform", "width", "height", "points", "viewBox", "style"):
        value = NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), value)
        value = re.sub(r"\s*\n\s*", " ", value)
        value = re.sub(r"rotate\(-?0 [^)]*\)", "", value).strip()
    return value
