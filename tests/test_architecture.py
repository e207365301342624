"""The house stands as it was drawn: one direction, small files, nothing inline, no programme wording."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parent.parent

# What an app may import, itself included: only apps below it.
MAY_IMPORT = {
    "programme": {"programme"},
    "priorities": {"programme", "priorities"},
    "workgroups": {"programme", "priorities", "workgroups"},
    "reporting": {"programme", "priorities", "workgroups", "reporting"},
}
LONGEST_MODULE = 400
# Folders whose test files are helpers of another kind, with the reason why pytest does not collect them.
NOT_COLLECTED = {"tests/drills": "run by hand: they take long or need a whole machine"}
# Where ready markup is made in code, and why it is safe there.
MAKES_MARKUP = {
    "reporting/answer_charts.py": "as reporting/charts.py does",
    "reporting/charts.py": "gives its types a rendered template, in which every word is escaped",
    "reporting/series_charts.py": "as reporting/charts.py does",
}
# Parts of pages that stand in one file; the style guide shows each without what it is filled with.
SHARED_PARTS = {
    '<nav class="breadcrumbs"': "templates/_breadcrumbs.html",
    '<form class="period-choice"': "templates/reporting/_period_choice.html",
}
STYLE_GUIDE = "templates/programme/style.html"
# Shorter wording ("palvelut") is ordinary Finnish, which catalogues need too.
SHORTEST_OWN_WORDING = 20


def modules(*folders: str) -> list[Path]:
    """Return our own modules; migrations are written by Django."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Give every imported module with its line, those for type checkers alone too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import does not say where it looks"
            yield node.module or "", node.lineno


def upward_imports(source: str, app: str) -> list[str]:
    above = set(MAY_IMPORT) - MAY_IMPORT[app]
    return [
        f"{line}: {module}" for module, line in imports_of(ast.parse(source)) if module.split(".")[0] in above
    ]


def imports_in_functions(source: str) -> list[int]:
    return [
        node.lineno
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_apps_below_it(app):
    upward = {
        name_of(path): found for path in modules(app) if (found := upward_imports(path.read_text(), app))
    }
    assert upward == {}


def test_an_upward_import_is_found_wherever_it_hides():
    hidden = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from reporting.models import Report\n"
    assert upward_imports(hidden, "workgroups") == ["3: reporting.models"]
    assert upward_imports("def f():\n    import workgroups.desk\n", "priorities") == ["2: workgroups.desk"]
    assert upward_imports("from programme import clock\n", "priorities") == []


def test_the_root_urlconf_looks_up_by_name_alone():
    included = re.findall(r'include\("(\w+)\.\w+"\)', (ROOT / "programme/urls.py").read_text())
    assert included == ["workgroups", "priorities", "programme", "reporting"]


def test_nothing_is_imported_inside_a_function():
    inside = {
        name_of(path): lines
        for path in modules(*MAY_IMPORT, "bin", "tests")
        if (lines := imports_in_functions(path.read_text()))
    }
    assert inside == {}


def test_no_signals_connect_what_the_imports_keep_apart():
    listening = [
        name_of(path)
        for path in modules(*MAY_IMPORT)
        if re.search(r"django\.(db\.models|core|dispatch)[.\w]*signals|@receiver", path.read_text())
    ]
    assert listening == []


def test_no_module_is_longer_than_a_reader_can_hold():
    long = {
        name_of(path): lines
        for path in modules(*MAY_IMPORT, "bin", "tests")
        if (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


# --- Templates, styles and scripts -----------------------------------------------------------------------

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*(?:safe|safeseq)\b|{%\s*autoescape\s+off"),
}


def inline_parts(markup: str) -> set[str]:
    return {what for what, pattern in INLINE.items() if pattern.search(markup)}


def test_templates_hold_nothing_inline_and_escape_everything():
    found = {
        name_of(path): parts
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (parts := inline_parts(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(("markup", "part"), SHARED_PARTS.items())
def test_a_shared_part_is_included_and_not_copied(markup, part):
    templates = [path for path in (ROOT / "templates").rglob("*.html") if name_of(path) != STYLE_GUIDE]
    assert [name_of(path) for path in templates if markup in path.read_text()] == [part]


def test_inline_parts_are_found():
    bad = '<p style="x" onclick=\'y\'><style></style><script>z</script><a href="javascript:q">{{ a|safe }}'
    assert inline_parts(bad) == set(INLINE)
    assert inline_parts('<script src="{% static "js/base.js" %}" defer></script><b data-on="1">') == set()


def calls_in(source: str) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_code_makes_ready_markup_only_where_it_is_said_why():
    making = {
        name_of(path)
        for path in modules(*MAY_IMPORT)
        if calls_in(path.read_text()) & {"mark_safe", "SafeString", "SafeText"}
    }
    assert making == set(MAKES_MARKUP)


def test_no_view_takes_forms_without_their_token():
    assert [name_of(path) for path in modules(*MAY_IMPORT) if "csrf_exempt" in path.read_text()] == []


def test_every_address_needs_signing_in_unless_it_says_otherwise():
    middleware = [import_string(name) for name in settings.MIDDLEWARE]
    assert any(isinstance(layer, type) and issubclass(layer, LoginRequiredMiddleware) for layer in middleware)


# --- Tests and languages ---------------------------------------------------------------------------------


def test_every_test_file_is_collected():
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider", "tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, listed.stdout + listed.stderr
    collected = {line.partition(":")[0] for line in listed.stdout.splitlines() if line.startswith("tests/")}
    written = {
        name_of(path)
        for path in (ROOT / "tests").rglob("test_*.py")
        if not any(name_of(path).startswith(folder) for folder in NOT_COLLECTED)
    }
    assert collected == written


def test_every_folder_of_tests_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py") if "drills" not in path.parts}
    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_language_has_its_catalogues():
    assert [code for code, _name in settings.LANGUAGES] == ["fi", "sv", "en"]
    [locale] = settings.LOCALE_PATHS
    present = {path.relative_to(locale).as_posix() for path in Path(locale).rglob("*.po")}
    assert present >= {"fi/LC_MESSAGES/django.po", "sv/LC_MESSAGES/django.po"}


# --- The programme's words -------------------------------------------------------------------------------


def finnish_wording(part: object) -> Iterator[str]:
    """Give every Finnish text that the programme document holds."""
    if isinstance(part, dict):
        if isinstance(part.get("fi"), str):
            yield part["fi"]
        for value in part.values():
            yield from finnish_wording(value)
    elif isinstance(part, list):
        for value in part:
            yield from finnish_wording(value)


def programme_wording() -> set[str]:
    """Return names, visions, goals, measures and the rest that is the programme's own."""
    document = yaml.safe_load((ROOT / "programme/data/programme.yaml").read_text())
    own = ("programme", "strategy", "strategy_link", "role", "priorities", "networks", "followup")
    texts = {text for part in own for text in finnish_wording(document[part])}
    return {text for text in texts if len(text) >= SHORTEST_OWN_WORDING}


def test_the_programmes_wording_stands_in_no_code():
    wording = programme_wording()
    assert len(wording) > 40
    kinds = ("*.py", "*.html", "*.css", "*.js", "*.po")
    files = [
        path
        for folder in (*MAY_IMPORT, "templates", "static")
        for kind in kinds
        for path in (ROOT / folder).rglob(kind)
    ]
    found = {
        (name_of(path), text)
        for path in files
        for source in [" ".join(path.read_text().split()).casefold()]
        for text in wording
        if " ".join(text.split()).casefold() in source
    }
    assert found == set()


def test_the_web_process_does_not_carry_the_pdf_engine():
    code = (
        "import sys, django; django.setup();"
        "import programme.urls, programme.wsgi;"
        "print([name for name in ('weasyprint', 'pydyf', 'fontTools') if name in sys.modules])"
    )
    started = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert started.stdout == "[]\n"
