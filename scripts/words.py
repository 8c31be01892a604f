"""Collect the words for people, and check that each has its Korean.

``python scripts/words.py update`` writes translations/messages.pot and brings new English
sentences into translations/ko with an empty Korean to fill in. ``check`` fails when a sentence has
no Korean, names other places than the English, or is not collected yet.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
KOREAN = FOLDER / "ko" / "LC_MESSAGES" / "messages.po"
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def collect() -> Catalog:
    """Return every sentence that the code and templates hold."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project="portal", charset="utf-8")
    found = extract_from_dir(str(ROOT), methods, options, KEYWORDS)
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def read_korean() -> Catalog:
    """Return the Korean catalogue; an empty one when there is none yet."""
    if not KOREAN.exists():
        return Catalog(locale="ko", project="portal", charset="utf-8")
    with KOREAN.open("rb") as file:
        return read_po(file, locale="ko")


def update() -> None:
    """Write the template, and bring it into the Korean catalogue."""
    template, korean = collect(), read_korean()
    korean.update(template, no_fuzzy_matching=True)
    korean.obsolete.clear()
    (FOLDER / "messages.pot").write_bytes(_written(template))
    KOREAN.parent.mkdir(parents=True, exist_ok=True)
    KOREAN.write_bytes(_written(korean))


def faults() -> Iterator[str]:
    """Give what is wrong with the Korean catalogue, in words."""
    korean = read_korean()
    for message in collect():
        if message.id:
            yield from _message_faults(message, korean.get(message.id, message.context))


def _message_faults(message: Message, korean: Message | None) -> Iterator[str]:
    name = message.id if isinstance(message.id, str) else message.id[0]
    if korean is None:
        yield f"not collected yet (run: make words): {name}"
        return
    words = korean.string if isinstance(korean.string, str) else " ".join(korean.string or ())
    if not words.strip():
        yield f"no Korean: {name}"
    elif not set(_PLACE.findall(words)) <= set(_PLACE.findall(" ".join(_ids(message)))):
        yield f"the Korean names a place that the English lacks: {name}"
    elif "fuzzy" in korean.flags:
        yield f"not sure: {name}"


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _written(catalog: Catalog) -> bytes:
    target = BytesIO()
    write_po(target, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False)
    text = target.getvalue().decode()
    # Dates in the header would change with each run and say nothing.
    return re.sub(r'"(POT-Creation|PO-Revision)-Date: .*\n', "", text).encode()


def main() -> int:
    """Do what the first argument says."""
    if sys.argv[1:] == ["update"]:
        update()
        return 0
    if sys.argv[1:] == ["check"]:
        wrong = list(faults())
        print("\n".join(wrong) or "every sentence has its Korean")
        return 1 if wrong else 0
    print("usage: python scripts/words.py update | check")
    return 2


if __name__ == "__main__":
    sys.exit(main())
