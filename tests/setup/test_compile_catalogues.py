"""Catalogues are compiled without the system's gettext, and only when they have changed."""

import gettext
import os

import pytest
from django.core.management import call_command

MESSAGES = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Sign in"
msgstr "Kirjaudu"

msgid "%(count)s row"
msgid_plural "%(count)s rows"
msgstr[0] "%(count)s rivi"
msgstr[1] "%(count)s riviä"
"""


@pytest.fixture
def source(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(MESSAGES)
    return source


def test_catalogue_is_compiled(source, capsys):
    call_command("compile_catalogues")
    assert capsys.readouterr().out == "Compiled 1 of 1 catalogues.\n"
    with source.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Sign in") == "Kirjaudu"
    assert catalogue.ngettext("%(count)s row", "%(count)s rows", 2) == "%(count)s riviä"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]


def test_catalogue_is_compiled_again_only_after_a_change(source, capsys):
    call_command("compile_catalogues")
    call_command("compile_catalogues")
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    call_command("compile_catalogues")
    assert capsys.readouterr().out.splitlines() == [
        "Compiled 1 of 1 catalogues.",
        "Compiled 0 of 1 catalogues.",
        "Compiled 1 of 1 catalogues.",
    ]
