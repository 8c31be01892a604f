"""Where passkeys work, and whose passkey an authenticator's answer claims to be.

What is asked and whether an answer is right, Flask-Security and ``webauthn`` say.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException

#: What a made-up answer can raise: the libraries let errors of their parsers through.
FAULTS = (
    WebAuthnException,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
)


@dataclass(frozen=True)
class RelyingParty:
    """The site as authenticators know it.

    :ivar key: host name that a passkey is bound to
    :ivar origin: scheme, host and port that an answer must come from
    """

    key: str
    origin: str


def relying_party(site_url: str) -> RelyingParty | None:
    """Return the site as authenticators know it, or None when browsers give it no passkeys.

    They want a host name and https; on one's own machine ``localhost`` will do, but no number.
    """
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    if parts.scheme == "https" and not _is_number(host):
        return RelyingParty(host, f"https://{host}{port}")
    if parts.scheme == "http" and _is_this_machine(host):
        return RelyingParty("localhost", f"http://localhost{port}")
    return None


def claimed_id(answer: str) -> bytes | None:
    """Return of which passkey an answer claims to be; None when it is no answer."""
    try:
        return bytes(parse_authentication_credential_json(answer).raw_id)
    except FAULTS:
        return None


def _is_number(host: str) -> bool:
    """Say whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    """Say whether a host is reached from this machine by ``localhost``."""
    if not _is_number(host):
        return host == "localhost"
    return ip_address(host).is_loopback or ip_address(host).is_unspecified
