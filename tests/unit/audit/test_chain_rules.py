"""Rules of the chain: one tampering of any kind is found, and its number told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.audit.rules import (
    FIRST_HASH,
    Content,
    Fault,
    FaultKind,
    Head,
    Link,
    canonical_values,
    find_faults,
    hash_of,
)

AT = datetime(2026, 11, 26, 3, 4, 5, tzinfo=UTC)
words = st.text(max_size=8)
deeds = st.tuples(words, words, st.dictionaries(words, words, max_size=3), st.none() | words)
chains = st.lists(deeds, min_size=3, max_size=12)


def chain_of(items: list[tuple[str, str, dict[str, str], str | None]]) -> list[Link]:
    links: list[Link] = []
    for number, (actor, deed, values, reason) in enumerate(items, start=1):
        before, after = canonical_values({}), canonical_values(values)
        previous = links[-1].hash if links else FIRST_HASH
        content = Content(
            number, AT, actor, "o", deed, "kind", "1", before, after, reason, previous
        )
        links.append(Link(content, hash_of(content)))
    return links


def head_of(links: list[Link]) -> Head:
    return Head(links[-1].content.number, links[-1].hash)


def renumbered(link: Link, number: int) -> Link:
    return Link(replace(link.content, number=number), link.hash)


def faults(links: list[Link], head: Head) -> list[Fault]:
    ordered = sorted(links, key=lambda link: link.content.number)
    return list(find_faults(ordered, head))


def test_the_canonical_form_stays_as_documented():
    content = Content(1, AT, "staff:1", "커", "a.b", "k", "7", "{}", '{"a":"b"}', None, FIRST_HASH)
    assert hash_of(content) == "0855c2dec98b51a7868145ba942a890cf2e5c094b5a3aa9e30b148c115e6e46a"


@given(chains)
def test_a_whole_chain_has_no_fault(items):
    links = chain_of(items)
    assert faults(links, head_of(links)) == []
    assert faults([], Head(0, FIRST_HASH)) == []


@given(chains, st.data())
def test_a_changed_column_is_found(items, data):
    links = chain_of(items)
    place = data.draw(st.integers(0, len(links) - 1))
    old = links[place].content
    changes = st.sampled_from(
        [
            {"at": AT + timedelta(microseconds=1)},
            *({name: getattr(old, name) + "x"} for name in ("actor", "origin", "deed", "kind")),
            *({name: getattr(old, name) + " "} for name in ("row_id", "before", "after")),
            {"reason": (old.reason or "") + "x"},
        ]
    )
    changed = replace(old, **data.draw(changes))
    number = place + 1
    naive = [*links]
    naive[place] = Link(changed, links[place].hash)
    assert faults(naive, head_of(links)) == [Fault(FaultKind.CHANGED, number, number)]
    # With its own hash made anew, the line after it (or the head) no longer fits.
    clever = [*links]
    clever[place] = Link(changed, hash_of(changed))
    kind, at = (
        (FaultKind.HEAD, number) if number == len(links) else (FaultKind.UNLINKED, number + 1)
    )
    assert faults(clever, head_of(links)) == [Fault(kind, at, at)]


@given(chains, st.data())
def test_removed_lines_are_found_by_number(items, data):
    links = chain_of(items)
    first = data.draw(st.integers(1, len(links)))
    last = data.draw(st.integers(first, len(links)))
    left = links[: first - 1] + links[last:]
    assert faults(left, head_of(links)) == [Fault(FaultKind.MISSING, first, last)]


@given(chains, st.data())
def test_a_line_pushed_in_between_is_found(items, data):
    links = chain_of(items)
    place = data.draw(st.integers(0, len(links) - 1))
    pushed = [renumbered(link, link.content.number + 1) for link in links[place:]]
    forged = replace(links[place].content, actor=links[place].content.actor + "x")
    found = faults([*links[:place], Link(forged, hash_of(forged)), *pushed], head_of(links))
    # A forged last line fits the chain before it, but not the head.
    assert found[0].first == min(place + 2, len(links))
    assert Fault(FaultKind.INSERTED, len(links) + 1, len(links) + 1) in found


@given(chains, st.data())
def test_two_lines_that_changed_places_are_found(items, data):
    links = chain_of(items)
    a = data.draw(st.integers(1, len(links) - 1))
    b = data.draw(st.integers(a + 1, len(links)))
    swapped = [*links]
    swapped[a - 1], swapped[b - 1] = renumbered(links[b - 1], a), renumbered(links[a - 1], b)
    found = {fault.first for fault in faults(swapped, head_of(links))}
    assert {a, b} <= found


@given(chains)
def test_a_line_behind_the_head_is_found(items):
    links = chain_of(items)
    head = head_of(links[:-1])
    number = len(links)
    assert faults(links, head) == [Fault(FaultKind.INSERTED, number, number)]
    twice = [*links, links[-1]]
    assert Fault(FaultKind.INSERTED, number, number) in faults(twice, head_of(links))
