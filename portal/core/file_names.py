"""Names of files that a browser saves."""

from urllib.parse import quote


def name_download(name: str, *, plain: str, inline: bool = False) -> str:
    """Return the Content-Disposition of a file, its name as RFC 6266 and RFC 5987 write it.

    :param name: in any language
    :param plain: for the few programs that read ASCII only
    :param inline: show it, if the browser can, and save it only when asked to
    """
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
