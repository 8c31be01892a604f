"""The scope of pages that show a hearing's places and opinions; what changes them raises it."""

#: A scope has at most so many letters. Two long addresses with one beginning share their scope,
#: and their pages are made anew together.
_MOST_LETTERS = 80


def scope_of(slug: str) -> str:
    """Return the scope of the hearing at an address."""
    return f"hearing:{slug}"[:_MOST_LETTERS]
