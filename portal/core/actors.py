"""The ports for who acts and from where: the accounts feature knows the person of a request.

An address is never told whole: of an IPv4 address the first 24 bits, of an IPv6 one the first 48.
Limits count an IPv6 network of 64 bits as one sender, since each line is given one (RFC 6177).
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, has_request_context, request

#: Said of what no request asked for.
COMMAND_LINE = "command line"
#: Said of a request whose address nobody can read.
UNKNOWN = "unknown"
#: Says who acts in the current request, as a key such as ``staff:12``; None for nobody known.
ActorFinder = Callable[[], str | None]


def register_actor_finder(app: Flask, finder: ActorFinder) -> None:
    """Say who knows the person of a request from now on."""
    app.extensions["portal_actor"] = finder


def current_actor() -> str:
    """Return the key of who acts now, such as ``staff:12``; ``command`` outside of requests."""
    if not has_request_context():
        return "command"
    finder: ActorFinder | None = current_app.extensions.get("portal_actor")
    return (finder() if finder else None) or UNKNOWN


def current_origin() -> str:
    """Return from where the current deed is done: a network, or ``command line``."""
    return coarse_network(request.remote_addr) if has_request_context() else COMMAND_LINE


def coarse_network(address: str | None) -> str:
    """Return the network an address lies in: /24 of IPv4, /48 of IPv6; never the address."""
    return _network(address, 24, 48)


def sender_network(address: str | None) -> str:
    """Return what limits count as one sender: an IPv4 address, or the /64 of an IPv6 one."""
    return _network(address, 32, 64)


def near_network(address: str | None) -> str:
    """Return where somebody is taken for the same as before: /24 of IPv4, /64 of IPv6."""
    return _network(address, 24, 64)


def _network(address: str | None, bits_of_v4: int, bits_of_v6: int) -> str:
    try:
        parsed = ip_address((address or "").partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = bits_of_v4 if parsed.version == 4 else bits_of_v6
    return str(ip_network((parsed, bits), strict=False))
