"""Signs that number the parts of an article: ① for 항, 1. for 호, 가. for 목.

Source: 법제처 「법령 입안·심사 기준」, on the order of 조·항·호·목. A part between two others is
numbered 의2, as 제7조의2 and 3의2.
"""

#: ① to ⑳, ㉑ to ㉟, ㊱ to ㊿.
CIRCLED = "".join(
    chr(code)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for code in range(first, first + count)
)
#: The order of 목; more than these no list has.
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"


def circled(number: int) -> str:
    """Return the sign of a paragraph, from 1 to 50; empty for the article's own text."""
    return CIRCLED[number - 1] if 0 < number <= len(CIRCLED) else ""


def numbered(number: int | str, branch: int) -> str:
    """Return a number with its branch, as ``3`` or ``3의2``."""
    return f"{number}의{branch}" if branch else str(number)


def anchored(name: str, number: int, branch: int) -> str:
    """Return the anchor of a part, as ``article-7`` or ``article-7-2``."""
    return f"{name}-{number}-{branch}" if branch else f"{name}-{number}"
