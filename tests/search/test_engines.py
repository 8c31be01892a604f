"""One contract, the same tests for every engine."""

from datetime import date

import pytest

from portal.search.engines import IndexMissing, SearchEngine
from portal.search.questions import ask
from portal.search.rules import Entry, Match, Narrowing, entry_of

KOREAN = Narrowing("ko")
TEXTS = (
    ("청년 기본 조례", "청년의 권익을 높입니다."),
    ("제298회 행정사무감사", "상임위원회가 집행기관을 감사합니다."),
    ("청소년 의회교실 운영", "초등학생이 본회의장에서 토론합니다."),
    ("2021년도 예산안 심사", "예산결산특별위원회가 심사합니다."),
)


def entry(number: int, title: str, body: str = "", **values) -> Entry:
    known = {"language": "ko", "kind": "event", "day": date(2020, 11, number), "committee": None}
    return entry_of(number, 1, title=title, body=body, called="", **(known | values))


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    engine.rebuild(entry(number, *texts) for number, texts in enumerate(TEXTS, start=1))
    return engine


def found(
    engine: SearchEngine, text: str, match: Match, narrowing: Narrowing = KOREAN
) -> list[int]:
    answer = engine.search(ask(text, narrowing.language), narrowing, match, limit=10)
    return [hit.document_id for hit in answer.hits]


def test_without_an_index_every_question_says_so(engine: SearchEngine):
    with pytest.raises(IndexMissing):
        found(engine, "예산", Match.ALL)
    with pytest.raises(IndexMissing):
        engine.suggest("예", "ko", limit=5)
    with pytest.raises(IndexMissing):
        engine.status()
    with pytest.raises(IndexMissing):
        engine.index([entry(1, "예산")])


@pytest.mark.parametrize(
    ("text", "match", "ids"),
    [
        ("청년기본조례", Match.WHOLE, [1]),
        ("청년 기본 조례를", Match.WHOLE, [1]),
        ("청년기본", Match.WHOLE, [1]),
        ("의회교", Match.START, [3]),
        ("ㅊㅅㄴㅇㅎ", Match.START, [3]),
        ("예산안을", Match.ALL, [4]),
        ("298회 감사", Match.ALL, [2]),
        ("토론 의회교실", Match.ALL, [3]),
        ("토론 예산", Match.ALL, []),
        ("의회교샬", Match.ANY, [3]),
        ("우주", Match.ANY, []),
    ],
)
def test_a_question_finds_what_it_means(filled, text: str, match: Match, ids: list[int]):
    assert found(filled, text, match) == ids


def test_what_has_a_word_in_its_title_comes_before_what_has_it_in_its_text(engine):
    engine.rebuild([entry(1, "회의", "민원을 다룹니다"), entry(2, "민원", "회의를 엽니다")])
    assert found(engine, "민원", Match.ALL) == [2, 1]


def test_answers_are_limited_by_kind_day_committee_and_language(engine: SearchEngine):
    engine.rebuild(
        [
            entry(1, "예산", kind="budget"),
            entry(2, "예산", committee="culture"),
            entry(3, "예산", day=None),
            entry(4, "예산", language="en"),
            entry(5, "예산"),
        ]
    )
    assert sorted(found(engine, "예산", Match.ALL)) == [1, 2, 3, 5]
    assert found(engine, "예산", Match.ALL, Narrowing("ko", kind="budget")) == [1]
    assert found(engine, "예산", Match.ALL, Narrowing("ko", committee="culture")) == [2]
    late = Narrowing("ko", first=date(2020, 11, 5), last=date(2020, 11, 9))
    assert found(engine, "예산", Match.ALL, late) == [5]
    assert found(engine, "예산", Match.ALL, Narrowing("ko", last=date(2020, 11, 1))) == [1]


def test_there_may_be_more_than_are_named(engine: SearchEngine):
    engine.rebuild(entry(number, "예산") for number in range(1, 13))
    answer = engine.search(ask("예산", "ko"), KOREAN, Match.ALL, limit=5)
    assert (len(answer.hits), answer.total) == (5, 12)


def test_writing_the_same_entry_again_changes_nothing(filled: SearchEngine):
    before = filled.status().versions
    filled.index([entry(1, *TEXTS[0]), entry(1, *TEXTS[0])])
    filled.index([entry(1, *TEXTS[0])])
    assert filled.status().versions == before
    assert found(filled, "청년기본조례", Match.WHOLE) == [1]


def test_a_changed_entry_is_found_by_its_new_words_only(filled: SearchEngine):
    filled.index([entry_of(1, 2, title="바뀐 이름", body="", called="", **ENTRY)])
    assert found(filled, "청년", Match.ANY) == []
    assert found(filled, "바뀐 이름", Match.WHOLE) == [1]
    assert filled.status().versions[1] == 2


def test_a_deleted_entry_is_gone_and_deleting_it_again_is_nothing(filled: SearchEngine):
    assert found(filled, "청년", Match.ALL) == [1]
    filled.delete([1, 99])
    filled.delete([1])
    assert found(filled, "청년", Match.ANY) == []
    assert sorted(filled.status().versions) == [2, 3, 4]


def test_an_engine_that_can_work_here_says_nothing(engine: SearchEngine):
    engine.check()


def test_a_rebuilt_index_holds_the_new_entries_only(filled: SearchEngine):
    filled.rebuild([entry(9, "새로운 것")])
    assert sorted(filled.status().versions) == [9]
    assert found(filled, "청년", Match.ANY) == []


def test_the_old_index_serves_when_making_the_new_one_fails(filled: SearchEngine):
    def entries():
        yield entry(9, "새로운 것")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        filled.rebuild(entries())
    assert found(filled, "청년기본조례", Match.WHOLE) == [1]


def test_suggestions_begin_as_typed_in_their_language(filled: SearchEngine):
    assert set(filled.suggest("청", "ko", limit=5)) == {1, 3}
    assert filled.suggest("청", "en", limit=5) == ()
    assert len(filled.suggest("청", "ko", limit=1)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "'", '"예산', "예산 AND (", "예산 | !", "a:*", "[* TO *]", "*", "예산*~2^3", "<script>",
        "\x00예산", "😀", "ㅇㅖㅅㅏㄴ", "예" * 5000, "a " * 5000, "%_", "\\", "title:예산", "-", "‎",
    ],
)  # fmt: skip
def test_signs_mean_nothing_to_an_engine(filled: SearchEngine, text: str):
    for match in Match:
        found(filled, text, match)
        found(filled, text, match, Narrowing("en"))


ENTRY = {"language": "ko", "kind": "event", "day": None, "committee": None}
