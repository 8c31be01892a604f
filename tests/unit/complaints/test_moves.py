"""The table of moves: every case comes to an end, and nobody moves what is not theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.complaints.rules.moves import (
    ENDED,
    MOVES,
    OPEN,
    CaseMove,
    CaseState,
    Mover,
    moves_from,
    state_after,
)

S, M = CaseState, CaseMove


def follow(*moves: CaseMove) -> CaseState:
    state = S.RECEIVED
    for move in moves:
        state = state_after(state, move)
    return state


def reachable(state: CaseState) -> set[CaseState]:
    known, new = set(), {state}
    while new:
        known |= new
        steps = {state_after(s, m) for s in new for m in MOVES if s in MOVES[m].sources}
        new = steps - known
    return known


def test_every_state_is_reached_and_every_case_can_end():
    assert reachable(S.RECEIVED) == set(S)
    for state in S:
        assert reachable(state) & ENDED, state


def test_a_case_is_open_answered_or_ended():
    assert OPEN | ENDED | {S.ANSWERED} == set(S)
    assert not OPEN & ENDED


def test_the_whole_way_with_survey_advice_second_reader_and_objection():
    way = (M.ASSIGN, M.BEGIN_SURVEY, M.EXTEND, M.GO_ON, M.ASK_OTHERS, M.GO_ON, M.DRAFT_ANSWER)
    assert follow(*way) is S.DRAFTED
    assert follow(*way, M.RETURN_DRAFT, M.DRAFT_ANSWER, M.ANSWER) is S.ANSWERED
    assert follow(*way, M.ANSWER, M.OBJECT, M.DRAFT_ANSWER, M.ANSWER, M.CLOSE) is S.CLOSED


def test_only_the_person_withdraws_and_only_a_second_reader_answers():
    for state in S:
        assert M.WITHDRAW not in moves_from(state, Mover.OFFICER)
        assert M.ANSWER not in moves_from(state, Mover.OFFICER)
        assert M.ANSWER not in moves_from(state, Mover.PERSON)
    for state in OPEN | {S.ANSWERED}:
        assert M.WITHDRAW in moves_from(state, Mover.PERSON)


def test_what_was_withdrawn_or_passed_on_is_not_taken_up_again():
    for state in (S.WITHDRAWN, S.TRANSFERRED):
        assert [m for by in Mover for m in moves_from(state, by)] == []


def test_nothing_that_puts_the_person_off_is_done_without_a_reason():
    for move in (M.EXTEND, M.TRANSFER, M.RETURN_DRAFT, M.OBJECT, M.REOPEN):
        assert MOVES[move].asks_reason
    for move in (M.ASK_FOR_MORE, M.EXTEND, M.TRANSFER, M.ANSWER, M.REOPEN):
        assert MOVES[move].writes


@given(state=st.sampled_from(list(S)), move=st.sampled_from(list(M)))
def test_a_move_that_is_not_offered_is_refused(state: CaseState, move: CaseMove):
    if any(move in moves_from(state, by) for by in Mover):
        assert state_after(state, move) in S
    else:
        with pytest.raises(ValueError, match="can't"):
            state_after(state, move)
