"""What changed, as a page shows it: for the eye without colours, and for the ear."""

from flask import Flask

from portal.moderation.rules import FieldDiff, diff_texts


def shown(app: Flask, macro: str, old: str, new: str, **options: str) -> str:
    templates = app.extensions["portal_templates"]["en"]
    change = FieldDiff("body", diff_texts(old, new))
    return str(
        getattr(templates.get_template("components/diff.html").module, macro)(change, **options)
    )


def test_what_changed_is_told_in_words(app: Flask) -> None:
    html = shown(app, "inline_diff", "의회는 연다", "의회가 연다")
    assert '<del><span class="visually-hidden">removed: </span>는</del>' in html
    assert '<ins><span class="visually-hidden">added: </span>가</ins>' in html


def test_unchanged_words_are_folded_away_with_their_number(app: Flask) -> None:
    text = "".join(f"말{number} " for number in range(40))
    html = shown(app, "inline_diff", f"{text}가", f"{text}나")
    assert "<summary>Unchanged words: 32</summary>말0 " in html
    assert "말31 </details>말32 " in html


def test_line_breaks_of_a_text_stay_and_none_are_added(app: Flask) -> None:
    html = shown(app, "inline_diff", "가\n나", "가\n나")
    assert html == '<div class="diff">가\n나</div>'


def test_a_change_that_nobody_sees_is_named(app: Flask) -> None:
    html = shown(app, "inline_diff", "가 나", "가\n나")
    assert ">space</span> </del>" in html
    assert ">line break</span>\n</ins>" in html


def test_a_text_is_never_markup(app: Flask) -> None:
    for macro, options in (("inline_diff", {}), ("side_by_side", {"caption": "Text"})):
        html = shown(app, macro, "<b>가</b>", "<b>나</b> <script>", **options)
        assert "<b>" not in html and "<script>" not in html


def test_side_by_side_is_a_table_of_two_texts(app: Flask) -> None:
    html = shown(app, "side_by_side", "가을\n나", "가를\n나", caption="Text", lang="ko")
    assert html.count('<th scope="col"') == 2
    assert html.count('data-label="Before"') == html.count('data-label="After"') == 2
    assert "<del>" in html and "<ins>" in html and '<span lang="ko">가</span>' in html
