"""What holds for every HTML page; the test client checks it in every answer."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

_HTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_HANGUL = re.compile("[\uac00-\ud7a3]")
_QUOTED = re.compile(r"“[^”]*”|(?<!\w)'[^']*'(?!\w)")
#: So many English words in a row are a sentence, not a name or an abbreviation.
_ENGLISH = re.compile(r"\b[A-Za-z]+(?:['’-][A-Za-z]+)?(?: [A-Za-z]+(?:['’-][A-Za-z]+)?){3,}")
_CONTROLS = ("input", "select", "textarea")
_UNLABELLED_TYPES = ("hidden", "submit", "button")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Attributes whose words are shown or read aloud.
_SPOKEN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "data-label")
#: Attributes that name elements of the same page.
_NAMING_ATTRIBUTES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list")
#: What a browser loads by itself; each comes from this site (design.md, section 4).
_RESOURCES = (("script", "src"), ("img", "src"), ("source", "src"), ("iframe", "src"))
_LOADED_RELATIONS = frozenset(("stylesheet", "icon", "apple-touch-icon", "manifest", "preload"))
_LINK_SCHEMES = frozenset(("", "http", "https", "tel", "mailto", "webcal"))


@dataclass(frozen=True)
class Page:
    """A parsed HTML page.

    :ivar root: the document, with namespaces in the names of its elements
    :ivar errors: what the parser had to mend, in words
    """

    root: Element
    errors: tuple[str, ...]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Return the parent of each element."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def language(self) -> str:
        """Return what the page says its language is."""
        return next(self.root.iter(_HTML + "html")).get("lang") or ""

    @cached_property
    def ids(self) -> Counter[str]:
        """Return how often each id stands in the page."""
        return Counter(name for e in self.root.iter() if (name := e.get("id")))

    def elements(self, name: str) -> list[Element]:
        """Return the HTML elements of a name, in the order of the page."""
        return list(self.root.iter(_HTML + name))


def read_page(html: str) -> Page:
    """Return a parsed page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root = parser.parse(html)
    return Page(root, tuple(f"invalid HTML at {at}: {word}" for at, word, _ in parser.errors))


def page_faults(html: str) -> list[str]:
    """Return what is wrong with a page, in words; an empty list when nothing is."""
    return faults_of(read_page(html))


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a parsed page, in words."""
    return [*page.errors, *(fault for rule in _RULES for fault in rule(page))]


def text_of(element: Element) -> str:
    """Return an element's text with single spaces, without what only the eye gets."""
    return " ".join("".join(_spoken(element)).split())


def _spoken(element: Element) -> Iterator[str]:
    if element.get("aria-hidden") == "true":
        return
    yield element.text or ""
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""


def _seen(element: Element) -> str:
    return " ".join("".join(_visible(element)).split())


def _visible(element: Element) -> Iterator[str]:
    if "visually-hidden" in (element.get("class") or ""):
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""


def _language_is_told(page: Page) -> Iterator[str]:
    """KWCAG 2.2, 7.1.1: the language of the page."""
    if page.language not in ("ko", "en"):
        yield f"html has lang {page.language!r}"


def _title_starts_with_the_heading(page: Page) -> Iterator[str]:
    """One h1, one title, and the title starts with the h1 (design.md, section 3, habit 18)."""
    headings = page.elements("h1")
    titles = page.elements("title")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif len(titles) != 1:
        yield f"{len(titles)} title"
    else:
        # A form that came back with errors says so first: screen readers begin with the title.
        title = " ".join((titles[0].text or "").split())
        title = title.removeprefix("오류:").removeprefix("Error:").lstrip()
        heading = headings[0]
        if not any(text and title.startswith(text) for text in (_seen(heading), text_of(heading))):
            yield f"title {title!r} does not start with h1 {_seen(heading)!r}"


def _headings_form_an_outline(page: Page) -> Iterator[str]:
    """No empty heading, and no level left out on the way down."""
    depth = 0
    for element in page.root.iter():
        name = element.tag.removeprefix(_HTML) if isinstance(element.tag, str) else ""
        if name not in _HEADINGS:
            continue
        if not text_of(element):
            yield f"an empty {name}"
        if int(name[1]) > depth + 1:
            yield f"{name} {text_of(element)[:40]!r} follows a heading of level {depth}"
        depth = int(name[1])


def _landmarks_are_told_apart(page: Page) -> Iterator[str]:
    """One main; navigations that stand beside each other have names that differ."""
    if len(page.elements("main")) != 1:
        yield f"{len(page.elements('main'))} main"
    names = Counter(nav.get("aria-label") or "" for nav in page.elements("nav"))
    yield from (f"{n} nav are called {name!r}" for name, n in names.items() if n > 1)
    if "" in names:
        yield "a nav without a name"


def _ids_are_unique_and_known(page: Page) -> Iterator[str]:
    yield from (f"id {name!r} stands {n} times" for name, n in page.ids.items() if n > 1)
    for element in page.root.iter():
        for attribute in _NAMING_ATTRIBUTES:
            for name in (element.get(attribute) or "").split():
                if name not in page.ids:
                    yield f"{attribute} names {name!r}, which is not there"


def _controls_have_labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.elements("label")}
    for name in _CONTROLS:
        for control in page.elements(name):
            if not _is_labelled(page, control, labelled):
                yield f"{name} {control.get('name')!r} has no label"


def _is_labelled(page: Page, control: Element, labelled: set[str | None]) -> bool:
    if control.get("type") in _UNLABELLED_TYPES:
        return True
    parent = page.parents.get(control)
    inside = parent is not None and parent.tag == _HTML + "label"
    return inside or control.get("id") in labelled or bool(control.get("aria-label"))


def _links_and_buttons_have_words(page: Page) -> Iterator[str]:
    for link in [*page.elements("a"), *page.elements("button"), *page.elements("summary")]:
        is_out_of_reach = link.get("aria-hidden") == "true" and link.get("tabindex") == "-1"
        if not (text_of(link) or link.get("aria-label") or is_out_of_reach):
            yield f"a link or button without words: {link.attrib}"
    for button in page.elements("button"):
        if button.get("type") not in ("button", "submit"):
            yield f"button {text_of(button)!r} has no type"
    for link in page.elements("a"):
        if not link.get("href"):
            yield f"a link that leads nowhere: {text_of(link)!r}"
        elif link.get("target"):
            yield f"a link that opens another window: {text_of(link)!r}"


def _pictures_have_words(page: Page) -> Iterator[str]:
    """KWCAG 2.2, 5.1.1: a picture says what it shows, or that it is only decoration."""
    yield from ("img without alt" for image in page.elements("img") if image.get("alt") is None)
    for picture in page.root.iter(_SVG + "svg"):
        hidden = any(e.get("aria-hidden") == "true" for e in _with_parents(page, picture))
        if not hidden and not (picture.get("role") == "img" and picture.get("aria-label")):
            yield f"svg {picture.get('class')!r} is neither named nor hidden"


def _with_parents(page: Page, element: Element) -> Iterator[Element]:
    up: Element | None = element
    while up is not None:
        yield up
        up = page.parents.get(up)


def _tables_are_tables(page: Page) -> Iterator[str]:
    for table in page.elements("table"):
        heads = list(table.iter(_HTML + "th"))
        if not heads or any(head.get("scope") is None for head in heads):
            yield "a table without th scope"
        caption = next(table.iter(_HTML + "caption"), None)
        if caption is None or not text_of(caption):
            yield "a table without caption"
        yield from _row_faults(table)


def _row_faults(table: Element) -> Iterator[str]:
    """Find rows that are wider or narrower than the table's first."""
    widths = [
        sum(int(cell.get("colspan") or 1) for cell in row)
        for row in table.iter(_HTML + "tr")
        if not any(cell.get("rowspan") for cell in row)
    ]
    spans = any(cell.get("rowspan") for row in table.iter(_HTML + "tr") for cell in row)
    if not spans and len(set(widths)) > 1:
        yield f"a table whose rows have {sorted(set(widths))} cells"


def _nothing_is_inline(page: Page) -> Iterator[str]:
    """The content security policy refuses it (design.md, section 4)."""
    for element in page.root.iter():
        if element.get("style") is not None:
            yield f"inline style on {element.tag}"
        if any(name.startswith("on") for name in element.attrib):
            yield f"inline handler on {element.tag}"
    for script in page.elements("script"):
        if not script.get("src"):
            yield "inline script"
    if page.elements("style") or list(page.root.iter(_SVG + "style")):
        yield "inline style sheet"


def _resources_are_our_own(page: Page) -> Iterator[str]:
    """No request to any other host (design.md, section 4)."""
    for address in resources_of(page):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            yield f"a resource from elsewhere: {address}"


def resources_of(page: Page) -> list[str]:
    """Return the addresses that a browser loads together with a page."""
    found = [e.get(at) or "" for name, at in _RESOURCES for e in page.elements(name)]
    for link in page.elements("link"):
        if _LOADED_RELATIONS & set((link.get("rel") or "").split()):
            found.append(link.get("href") or "")
    return found


def _links_are_harmless(page: Page) -> Iterator[str]:
    """No link runs a script or carries data in itself."""
    for link in page.elements("a"):
        scheme = urlsplit((link.get("href") or "").strip()).scheme.lower()
        if scheme not in _LINK_SCHEMES:
            yield f"a link with the scheme {scheme!r}"


def _zoom_is_free(page: Page) -> Iterator[str]:
    """KWCAG 2.2 asks for text that can be enlarged; a page must not forbid it."""
    names = {meta.get("name"): meta.get("content") or "" for meta in page.elements("meta")}
    if "viewport" not in names:
        yield "no meta viewport"
    elif "maximum-scale" in names["viewport"] or "user-scalable" in names["viewport"]:
        yield "the page forbids zooming"


def _other_words_carry_their_language(page: Page) -> Iterator[str]:
    """KWCAG 2.2, 7.1.1; words of the other language say so (design.md, section 4)."""
    body = page.elements("body")[0]
    if page.language == "en":
        for text in _texts_outside(body, "ko"):
            # What a reader typed is repeated in quotation marks, as it was typed.
            if _HANGUL.search(_QUOTED.sub("", text)):
                yield f"Korean without lang: {text.strip()[:60]!r}"
    elif page.language == "ko":
        for text in _texts_outside(body, "en"):
            if _ENGLISH.search(text) and not _HANGUL.search(text):
                yield f"English without lang: {text.strip()[:60]!r}"


def _texts_outside(element: Element, language: str) -> Iterator[str]:
    """Give the texts and spoken attributes that are not marked as of a language."""
    if element.get("lang") == language:
        return
    yield from (element.get(name) or "" for name in _SPOKEN_ATTRIBUTES)
    yield element.text or ""
    for child in element:
        yield from _texts_outside(child, language)
        yield child.tail or ""


_RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    _language_is_told,
    _title_starts_with_the_heading,
    _headings_form_an_outline,
    _landmarks_are_told_apart,
    _ids_are_unique_and_known,
    _controls_have_labels,
    _links_and_buttons_have_words,
    _pictures_have_words,
    _tables_are_tables,
    _nothing_is_inline,
    _resources_are_our_own,
    _links_are_harmless,
    _zoom_is_free,
    _other_words_carry_their_language,
)
