"""Error pages of the chain itself: small, without style, in the language of the address.

They are answered before Flask and its catalogues are reached, so their words stand here in both
languages instead of passing through gettext. They touch nothing that could fail.
"""

from dataclasses import dataclass
from http import HTTPStatus
from wsgiref.types import StartResponse

_MEGABYTE = 1024 * 1024
KOREAN, ENGLISH = "ko", "en"


@dataclass(frozen=True)
class Words:
    """The heading and the advice of one error page in one language."""

    heading: str
    advice: str


_HOME = {KOREAN: ("/", "첫 화면으로 가기"), ENGLISH: ("/en/", "Go to the home page")}

#: The wrong-host page is 400 too but has words of its own, and no link: it would not lead home.
WRONG_HOST = "host"

_WORDS: dict[int | str, dict[str, Words]] = {
    WRONG_HOST: {
        KOREAN: Words(
            "이 사이트의 주소가 아닙니다",
            "이 서버에는 요청하신 이름의 사이트가 없습니다. 주소창의 주소를 확인해 주세요.",
        ),
        ENGLISH: Words(
            "This is not an address of this site",
            "This server does not run a site of that name. Check the address in the address bar.",
        ),
    },
    400: {
        KOREAN: Words(
            "주소를 읽을 수 없습니다",
            "주소가 너무 길거나 쓸 수 없는 글자가 들어 있습니다. "
            "주소를 확인하시거나 첫 화면에서 다시 찾아 주세요.",
        ),
        ENGLISH: Words(
            "The address cannot be read",
            "It is too long or contains characters that an address cannot have. "
            "Check it, or start again from the home page.",
        ),
    },
    403: {
        KOREAN: Words(
            "이 주소는 공개되지 않습니다",
            "운영자만 볼 수 있는 주소입니다. 첫 화면에서 찾으시는 내용을 골라 주세요.",
        ),
        ENGLISH: Words(
            "This address is not public",
            "Only the people who run the site may see it. Choose what you need on the home page.",
        ),
    },
    404: {
        KOREAN: Words(
            "페이지를 찾을 수 없습니다",
            "주소가 바뀌었거나 잘못 입력되었습니다. 첫 화면에서 다시 찾아 주세요.",
        ),
        ENGLISH: Words(
            "Page not found",
            "The address has changed or was mistyped. Start again from the home page.",
        ),
    },
    405: {
        KOREAN: Words(
            "이 주소에서 쓸 수 없는 요청 방식입니다",
            "주소창에 주소를 다시 입력하시거나 첫 화면에서 다시 시작해 주세요.",
        ),
        ENGLISH: Words(
            "This address does not take that kind of request",
            "Type the address again, or start again from the home page.",
        ),
    },
    413: {
        KOREAN: Words(
            "보내신 내용이 너무 큽니다",
            "저장된 것은 없습니다. 한 번에 {most} MB까지 보낼 수 있습니다. 뒤로 가면 적은 글은 "
            "남아 있습니다. 파일을 줄이거나 나눈 뒤 다시 보내 주세요.",
        ),
        ENGLISH: Words(
            "What you sent is too large",
            "Nothing was saved. At most {most} MB can be sent at once. Go back, where what you "
            "wrote is kept, make the file smaller or split it, and send it again.",
        ),
    },
    500: {
        KOREAN: Words(
            "오류가 발생했습니다",
            "사이트에 문제가 생겼습니다. 잠시 뒤에 다시 시도해 주세요. "
            "보내신 내용은 저장되지 않았을 수 있습니다.",
        ),
        ENGLISH: Words(
            "Something went wrong",
            "The fault is on our side. Try again in a moment. "
            "What you sent may not have been saved.",
        ),
    },
}


def language_of(path: str) -> str:
    """Return the language that an address asks for."""
    return ENGLISH if path == "/en" or path.startswith("/en/") else KOREAN


def error_page(kind: int | str, languages: tuple[str, ...], most_bytes: int = 0) -> bytes:
    """Return the HTML of an error page.

    :param kind: a status, or WRONG_HOST; a status without words of its own gets those of 400
    :param languages: the first gives the heading; both where the address could not be read
    :param most_bytes: the largest body, which the page of 413 names
    """
    words = _WORDS.get(kind, _WORDS[400])
    first, *others = languages
    title = words[first].heading
    advice = words[first].advice.replace("{most}", f"{most_bytes / _MEGABYTE:.0f}")
    body = [f"<h1>{title}</h1>", _advice(advice, first, kind)]
    for language in others:
        other = words[language]
        text = _advice(other.advice, language, kind)
        body.append(f'<div lang="{language}"><h2>{other.heading}</h2>{text}</div>')
    head = (
        f'<!doctype html>\n<html lang="{first}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title></head>\n'
    )
    return f"{head}<body><main>{''.join(body)}</main></body>\n</html>\n".encode()


def _advice(advice: str, language: str, kind: int | str) -> str:
    """Return the paragraph of advice with the way home where there is one."""
    address, label = _HOME[language]
    link = "" if kind == WRONG_HOST else f'<p><a href="{address}">{label}</a></p>'
    return f"<p>{advice}</p>{link}"


def refuse(
    start_response: StartResponse,
    kind: int | str,
    path: str,
    *,
    headers: tuple[tuple[str, str], ...] = (),
    omit_body: bool = False,
    most_bytes: int = 0,
) -> list[bytes]:
    """Answer with an error page in the language of the address.

    :param headers: further headers, such as ``Allow``
    :param omit_body: the request was HEAD
    :param most_bytes: the largest body, which the page of 413 names
    """
    status = HTTPStatus(400 if kind == WRONG_HOST else int(kind))
    body = error_page(kind, (language_of(path),), most_bytes)
    common = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{status.value} {status.phrase}", [*common, *headers])
    return [] if omit_body else [body]
