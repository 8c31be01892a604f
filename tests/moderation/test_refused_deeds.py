"""A deed that is refused is told on the page where it was pressed, and nothing typed is lost."""

from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, text_of
from tests.moderation.test_desk_forms import summary_of
from tests.moderation.test_desk_pages import publish, write


def test_withdrawing_without_a_reason_is_told_at_the_reason(people):
    _editor, reader = people
    row = publish(people)
    answer = post(reader, f"{row}/withdraw", move="withdraw", reason="  ")
    assert answer.status_code == 422
    assert [to for to, _words in summary_of(text_of(answer))] == ["#reason"]


def test_handing_in_twice_is_told_on_the_page_of_the_row(people):
    editor, _reader = people
    row = write(editor)
    hand_in(editor, row)
    answer = post(editor, f"{row}/move", move="submit")
    assert answer.status_code == 409
    assert "방청 안내" in text_of(answer)
    assert "error-summary" in text_of(answer)


def test_sending_back_without_words_is_told_at_the_words(people):
    editor, reader = people
    row = write(editor)
    hand_in(editor, row)
    answer = decide(reader, row, "send_back")
    assert answer.status_code == 422
    assert [to for to, _words in summary_of(text_of(answer))] == ["#reason"]


def test_what_is_in_review_leads_to_where_it_is_taken_back(people):
    editor, _reader = people
    row = write(editor)
    hand_in(editor, row)
    answer = editor.get(f"{row}/edit")
    assert answer.location == row
    page = text_of(editor.get(row))
    assert "먼저 거둔 뒤 써 주세요." in page
    assert 'value="take_back"' in page
