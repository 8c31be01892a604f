"""The security headers of every answer.

Checked from outside against what SecureDrop sends, the strictest of the systems we looked at:
nothing inline, nothing from elsewhere, no frame, no version of any server.
"""

HeaderList = list[tuple[str, str]]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

# What a page could ask a browser for; the portal asks for none of it.
_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _FEATURES)

#: Two years, as the preload lists ask for.
STRICT_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"

#: A page may be kept but is asked about again before each use.
ASK_EACH_TIME = "no-cache"


def security_headers(*, https: bool) -> tuple[tuple[str, str], ...]:
    """Return the headers of every answer.

    :param https: the public address is https, so browsers shall never use another
    """
    every = (
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", PERMISSIONS_POLICY),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    )
    return (*every, ("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY)) if https else every


class AnswerHeaders:
    """Completes the headers of answers; what a view set itself is kept."""

    def __init__(self, *, https: bool) -> None:
        """Prepare the headers once, for a public address with https or without."""
        every = (*security_headers(https=https), ("Cache-Control", ASK_EACH_TIME))
        self._every = tuple((name.lower(), name, value) for name, value in every)

    def complete(self, headers: HeaderList) -> HeaderList:
        """Return the headers with those added that are missing."""
        present = {name.lower() for name, _ in headers}
        missing = [(name, value) for low, name, value in self._every if low not in present]
        return [*headers, *missing]
