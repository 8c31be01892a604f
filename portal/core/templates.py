"""Templates, compiled once for each language.

A whole sentence in a template is translated when the template is compiled, so that a page spends
its time on what differs. A sentence with places is translated when the page is made.
"""

import functools
import hashlib
from collections.abc import Hashable, MutableMapping
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from portal.core.i18n import LANGUAGES, page_language

#: So many compiled templates are kept, in each language; the portal has fewer.
MOST_TEMPLATES = 1000
#: So many parts that pages share are remembered in each process.
MOST_PARTS = 256


class LanguageContext(Context):
    """What a template knows; calls macros and ``part`` without asking what callable they are.

    Half of what a page's table costs is calling macros.
    """

    def call(__self, __called: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """Call what a template calls."""
        if __called is render_part:
            return render_part(*args)
        if type(__called) is not Macro:
            return super().call(__called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __called(__self.eval_ctx, *args, **kwargs)


class LanguageEnvironment(Environment):
    """Templates of one language; of none until ``sentences`` is set.

    :ivar sentences: what the language's catalogue says for each English sentence
    """

    sentences: Translations | None = None
    context_class = LanguageContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what all templates know; a hook of Jinja.

        Templates here add nothing of their own, and Jinja compares these names at each import of
        a page: a plain dictionary takes a fraction of the chain it would make.
        """
        return super().make_globals(d) if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Translate what is known before the template becomes code; a hook of Jinja."""
        if self.sentences is not None:
            source = _Translator(self.sentences).visit(source)
        return super()._generate(source, *args, **options)


class _Translator(NodeTransformer):
    """Puts its translation in place of ``_("A whole sentence")``."""

    def __init__(self, sentences: Translations) -> None:
        self._sentences = sentences

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Return the translation of a sentence without places; else the call as it was."""
        self.generic_visit(node)
        text = _whole_sentence(node)
        if text is None:
            return node
        # What the newstyle call does: a template's own words are markup, and %% is a percent sign.
        words = Markup(self._sentences.gettext(text)) % {}  # noqa: S704
        return nodes.Const(words, lineno=node.lineno)


def _whole_sentence(node: nodes.Call) -> str | None:
    """Return the sentence that a call of ``_`` names, or None for any other call."""
    is_gettext = isinstance(node.node, nodes.Name) and node.node.name == "_"
    match node.args:
        case [nodes.Const(value=str(text))] if is_gettext and not node.kwargs:
            return text
    return None


def render(name: str, **context: Any) -> str:
    """Return a page in its language.

    :param name: file below ``templates/``
    :param context: what the template gets beside the context of every page
    """
    app: Flask = current_app
    app.update_template_context(context)
    environments: dict[str, Environment] = app.extensions["portal_templates"]
    return environments[page_language()].get_template(name).render(context)


def render_text(name: str, **context: Any) -> str:
    """Return what is no page, such as a letter, in the language spoken; it knows no request.

    :param name: file below ``templates/``
    :param context: all that the template gets
    """
    environments: dict[str, Environment] = current_app.extensions["portal_templates"]
    return environments[page_language()].get_template(name).render(context)


def render_part(name: str, macro: str, *values: Hashable) -> Markup:
    """Return what a macro makes of values, in the page's language: a part that pages share.

    It is made once for the same values; the macro must use nothing but them. Text and markup of
    the same letters count as the same, so markup must come from the portal's own code. Templates
    call it as ``part``.

    :param name: file below ``templates/`` that holds the macro
    """
    environments: dict[str, Environment] = current_app.extensions["portal_templates"]
    return _part(environments[page_language()], name, macro, values)


@functools.lru_cache(maxsize=MOST_PARTS)
def _part(environment: Environment, name: str, macro: str, values: tuple[Hashable, ...]) -> Markup:
    module = environment.get_template(name).module
    return Markup(getattr(module, macro)(*values))  # noqa: S704 - a macro escapes its values


def init_app(app: Flask) -> None:
    """Make the templates of each language; filters and globals must be complete by now."""
    folder = app.config["BUILT_DIR"] / "translations"
    app.extensions["portal_templates"] = {
        language: _environment(app, language, Translations.load(folder, [language], "messages"))
        for language in LANGUAGES
    }
    for language, environment in app.extensions["portal_templates"].items():
        environment.bytecode_cache = _bytecode(app.config["TEMPLATE_DIR"], folder, language)


def _bytecode(folder: Path, translations: Path, language: str) -> FileSystemBytecodeCache:
    """Return where compiled templates of a language are kept from one start to the next.

    Their code depends on the language's sentences and on this file, so both are in its name; what
    an older state left goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = translations / language / "LC_MESSAGES" / "messages.mo"
    # English sentences are the templates' own.
    sentences = catalogue.read_bytes() if catalogue.exists() else b""
    sources = sentences + Path(__file__).read_bytes()
    name = f"{language}-{hashlib.sha256(sources).hexdigest()[:16]}"
    for left in folder.glob(f"{language}-*"):
        if not left.name.startswith(name):
            left.unlink(missing_ok=True)
    return FileSystemBytecodeCache(str(folder), f"{name}-%s")


def _environment(app: Flask, language: str, sentences: Any) -> Environment:
    """Return the application's templates in one language."""
    environment: Any = app.jinja_env.overlay(cache_size=MOST_TEMPLATES)
    environment.globals = dict(app.jinja_env.globals)
    environment.globals["language"] = language
    environment.globals["part"] = render_part
    environment.sentences = sentences
    made: Environment = environment
    return made
