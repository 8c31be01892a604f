"""Templates of two languages: words are put in when they are compiled, parts are made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup

from portal.core.addresses import url_for
from portal.core.i18n import in_language
from portal.core.templates import _bytecode, render_part


@pytest.fixture
def korean(app: Flask) -> Iterator[Environment]:
    """Give the Korean templates within a request."""
    with app.test_request_context():
        environments: dict[str, Environment] = app.extensions["portal_templates"]
        yield environments["ko"]


def test_a_whole_sentence_is_part_of_the_compiled_template(korean: Environment):
    code = korean.compile('{{ _("Members") }}', raw=True)
    assert "의원" in code
    assert "Members" not in code


def test_each_language_says_its_own(korean: Environment, app: Flask):
    english = app.extensions["portal_templates"]["en"]
    text = '{{ _("Members") }}, {{ language }}'
    assert korean.from_string(text).render() == "의원, ko"
    assert english.from_string(text).render() == "Members, en"


def test_a_sentence_with_places_is_filled_and_escaped(korean: Environment):
    text = '{{ _("Source: %(source)s", source=name) }}'
    assert korean.from_string(text).render(name="<b>") == "출처 &lt;b&gt;"


def test_a_percent_sign_is_one_with_and_without_places(korean: Environment):
    assert korean.from_string('{{ _("50%% of it") }}').render() == "50% of it"
    assert korean.from_string('{{ _("%(n)s%% of it", n=5) }}').render() == "5% of it"


def test_a_sentence_that_the_page_chooses_is_translated_when_it_is_made(korean: Environment):
    assert korean.from_string("{{ _(word) }}").render(word="Members") == "의원"


def test_a_macro_gets_its_arguments_and_the_loops_words(korean: Environment):
    text = (
        "{% macro twice(a, b=2) %}<i>{{ a }}{{ b }}</i>{{ caller() if caller }}{% endmacro %}"
        "{% for n in (1, 2) %}{{ twice(n) }}{% call twice(n, b='<') %}!{% endcall %}{% endfor %}"
    )
    made = korean.from_string(text).render()
    assert made == "<i>12</i><i>1&lt;</i>!<i>22</i><i>2&lt;</i>!"


def test_a_macro_refuses_what_it_does_not_know(korean: Environment):
    text = "{% macro one(a) %}{% endmacro %}{{ one(1, b=2) }}"
    with pytest.raises(TypeError):
        korean.from_string(text).render()
    with pytest.raises(TemplateSyntaxError):
        korean.from_string("{% macro %}")


def test_a_part_is_made_once_for_the_same_values_and_escapes_them(korean: Environment):
    first = render_part("components/badge.html", "tag", "a <b>")
    assert first == Markup('<span class="tag">a &lt;b&gt;</span>')
    assert render_part("components/badge.html", "tag", "a <b>") is first


def test_an_address_keeps_the_language_of_its_request(app: Flask):
    with app.test_request_context():
        assert url_for("council.show_members", page=2, on=None) == "/council/members?page=2"
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": "/en"}):
        assert url_for("council.show_members", page=2, on=None) == "/en/council/members?page=2"


def test_words_are_spoken_in_another_language_for_a_while(app: Flask, korean: Environment):
    with in_language("en"):
        assert "Weekend" in render_part("components/ruler.html", "kind_word", "off")
    assert "Weekend" not in render_part("components/ruler.html", "kind_word", "off")


def test_compiled_templates_are_kept_until_the_sentences_change(tmp_path: Path):
    folder, translations = tmp_path / "compiled", tmp_path / "words"
    catalogue = translations / "ko" / "LC_MESSAGES" / "messages.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b"one")
    first = _bytecode(folder, translations, "ko").pattern
    (folder / (first % "page")).write_bytes(b"compiled")
    assert _bytecode(folder, translations, "ko").pattern == first
    assert (folder / (first % "page")).exists()
    catalogue.write_bytes(b"two")
    assert _bytecode(folder, translations, "ko").pattern != first
    assert list(folder.iterdir()) == []
