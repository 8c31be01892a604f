"""Signs that no text of people holds and that XML 1.0 (2.2) forbids: one breaks a whole feed."""

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_control_signs(text: str) -> str:
    """Return a text without control signs; tabs and line breaks stay."""
    return _FORBIDDEN.sub("", text)
