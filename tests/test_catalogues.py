"""The catalogues are whole, keep to Finnish typography, and leave no English on Finnish or Swedish pages.

What the code says is read from it here, without the system's gettext, which a bare machine does not have.
"""

import gettext
import io
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import django_filters
import django_tables2
import pytest
from allauth import __file__ as allauth_file
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from tests.personas import client_of

LANGUAGES = ["fi", "sv", "en"]
TRANSLATED = ["fi", "sv"]
FOLDERS = ["programme", "priorities", "workgroups", "reporting", "templates"]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LIBRARIES = [
    Path(module).parent for module in (django_filters.__file__, django_tables2.__file__, allauth_file)
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TYPOGRAPHY = {
    "quotation marks are ”…”": re.compile(r"[\"“„]"),
    "an apostrophe is ’": re.compile("'"),
    "a dash is –, without hyphen-minus between spaces": re.compile(r"(?:^|\s)-(?:\s|$)"),
    "a range has –, a minus −": re.compile(r"\d-\d|(?:^|\s)-\d"),
    "an ellipsis is …": re.compile(r"\.\.\."),
    "no-break space before a sign": re.compile(r"(?:\d|\)s|\)d) ?(?:%%|[§€])"),
    "no-break space within a number": re.compile(r"\d \d{3}"),
    "no-break space after a short word of time or place": re.compile(r"\b(?:klo|kl\.|liite|bilaga) (?=\d|%)"),
    "one space at a time": re.compile(r" {2}"),
}
PAGES = [
    "/",
    "/desk/",
    "/desk/round/2009-T2/",
    "/account/",
    "/accessibility/",
    "/no-such-page/",
    "/approvals/",
    "/ako/",
    "/ako/dashboard/",
    "/ako/dashboard/?period=2009-T1",
    "/ako/targets/",
    "/ako/targets/VT-2009-MR-2/",
    "/ako/targets/VT-2009-KV-1/follow-up/2009-T2/",
    "/ako/actions/TP-2009-MR-06/",
    "/ako/priorities/P1/",
    "/ako/networks/",
    "/ako/networks/NET-A1/",
    "/ako/workgroups/",
    "/ako/workgroups/WG-MR/",
    "/ako/workgroups/WG-MR/2009/",
    "/ako/bodies/BODY-SH/",
    "/ako/finance/2009/",
    "/ako/meetings/",
    "/ako/meetings/KOK-SH-2009-05/",
    "/ako/reports/",
    "/ako/reports/RAP-2009-T1-SH/",
    "/ako/reports/RAP-2009-T1-SH.html",
    "/verify/RAP-2009-T1-SH/1/",
    "/ako/settings/",
    "/ako/settings/rounds/2009-T2/",
    "/ako/settings/rounds/2009-T1/reopen/",
    "/ako/settings/bodies/new/",
]
# What is shown to people of a page's elements besides their text.
SHOWN_ATTRIBUTES = {"aria-label", "alt", "title", "placeholder", "data-label", "data-text"}

Key = tuple[str, str]


def both(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the forms of a string: one, or a singular and a plural."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def key(message: Message) -> Key:
    return (message.context or "", both(message.id)[0])


@cache
def catalogue(language: str) -> dict[Key, Message]:
    path = settings.BASE_DIR / "programme" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        read = read_po(file)
    assert not read.obsolete, f"{language}: obsolete strings"
    return {key(message): message for message in read if message.id}


def said_in(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What Django makes of a template reads as Python once no line of it begins a block.
        source = f"(\n{templatize(source)}\n)"
    for _line, words, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        yield (context or "", both(words)[0])


@cache
def said() -> frozenset[Key]:
    paths = [
        path
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
    ]
    return frozenset(words for path in paths for words in said_in(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_in_the_catalogue_and_no_other(language):
    assert sorted(said() - catalogue(language).keys()) == [], "missing: run makemessages and translate"
    assert sorted(catalogue(language).keys() - said()) == [], "said no more: run makemessages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    messages = catalogue(language)
    assert [words for words, message in messages.items() if not all(both(message.string))] == []
    assert [words for words, message in messages.items() if message.fuzzy] == []
    plurals = {words: len(both(m.string)) for words, m in messages.items() if isinstance(m.id, tuple)}
    assert [words for words, count in plurals.items() if count != 2] == []


def test_english_is_what_the_code_says():
    assert [message.id for message in catalogue("en").values() if message.string != message.id] == []


def test_what_the_code_says_has_curly_apostrophes():
    # A library's words are found by their exact text.
    ours = said() - set(said_in(settings.BASE_DIR / "programme" / "third_party_words.py"))
    assert [words for _context, words in ours if re.search(r"[a-z]'[a-z]", words)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_kept(language):
    """A singular may do without its number; everything else must stand in both."""
    wrong = []
    for message in catalogue(language).values():
        *singular, last = both(message.string)
        wanted = sorted(PLACEHOLDER.findall(both(message.id)[-1]))
        if sorted(PLACEHOLDER.findall(last)) != wanted:
            wrong.append((message.id, last))
        wrong += [(message.id, form) for form in singular if set(PLACEHOLDER.findall(form)) - set(wanted)]
    assert wrong == []


@pytest.mark.parametrize("rule", TYPOGRAPHY)
@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_to_finnish_typography(language, rule):
    forms = [form for message in catalogue(language).values() for form in both(message.string)]
    assert [form for form in forms if TYPOGRAPHY[rule].search(form)] == []


def test_no_translation_scolds():
    """Errors say what to do: nothing is “invalid” or “wrong” of what people write."""
    forms = [form for language in TRANSLATED for m in catalogue(language).values() for form in both(m.string)]
    scolding = re.compile(r"virheelli|kelpaamat|kelvoton|ogiltig|felaktig", re.IGNORECASE)
    assert [form for form in forms if scolding.search(form)] == []


class ShownText(HTMLParser):
    """The texts of a page that people see or hear, apart from passages in another language."""

    UNSEEN = {"script", "style", "template", "code"}
    VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = [("", True)]
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _parent, is_shown = self.open[-1]
        if "lang" in given:
            is_shown = given["lang"] == self.language
        is_shown = is_shown and tag not in self.UNSEEN
        if is_shown:
            self.texts += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]
        if tag not in self.VOID:
            self.open.append((tag, is_shown))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self.open[-1][1]:
            self.texts.append(text)


def library_words() -> set[str]:
    """Return what the libraries say on pages, from the French catalogue, which each of them has."""
    words: set[str] = set()
    for library in LIBRARIES:
        told = gettext.translation("django", library / "locale", ["fr"])
        words |= {entry for entry in told._catalog if isinstance(entry, str)}  # type: ignore[attr-defined]
    return words


def english_words(language: str) -> set[str]:
    """Return the strings whose appearance on a page means that nobody translated them."""
    own = {
        form
        for message in catalogue(language).values()
        for form, told in zip(both(message.id), both(message.string), strict=True)
        if form != told
    }
    told = {form for message in catalogue(language).values() for form in both(message.string)}
    return {word for word in own | library_words() if len(word) > 3} - told


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_word_is_left_on_a_page(language):
    """A short word counts when it is a text by itself: a name may contain it. A sentence counts anywhere."""
    words = english_words(language)
    sentences = {word for word in words if word.count(" ") > 1 and not PLACEHOLDER.search(word)}
    browser = client_of("office")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    left = []
    for address in PAGES:
        shown = ShownText(language)
        shown.feed(browser.get(address, follow=True).content.decode())
        assert shown.texts, address
        left += [(address, text) for text in shown.texts if text.rstrip(":") in words]
        left += [(address, word) for text in shown.texts for word in sentences if word in text]
    assert left == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_our_entry_wins_over_the_library_s(language):
    with translation.override(language):
        assert translation.gettext("next") == both(catalogue(language)["", "next"].string)[0]
        assert translation.gettext("Incorrect password.") != "Incorrect password."
