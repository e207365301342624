"""Settings: a wrong or missing value stops the start with a sentence that names it; production is strict."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "PORTAL_SECRET_KEY": "k" * 60,
    "PORTAL_HOSTS": "punos.example.fi",
    "DATABASE_URL": "postgres://portal@db.example.fi/punos",
}
LOOPBACK = PRODUCTION | {"PORTAL_HOSTS": "localhost,127.0.0.1", "PORTAL_PLAIN_HTTP": "yes"}
STRICT = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "DEBUG",
    "SAMPLE",
    "TODAY",
    "ADDRESS",
)

OTHERS = (
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
)
MAIL = {
    "PORTAL_MAIL_HOST": "mail.example.fi",
    "PORTAL_MAIL_USER": "punos",
    "PORTAL_MAIL_PASSWORD": "s",
    "PORTAL_MAIL_FROM": "punos@example.fi",
}


def start(environment):
    """Read the settings in a process of their own, with this environment and no other."""
    code = (
        "import json; from programme import settings;"
        f"print(json.dumps({{name: str(getattr(settings, name)) for name in {STRICT + OTHERS!r}"
        "}))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def settings_of(environment):
    started = start(environment)
    assert started.returncode == 0, started.stderr
    return json.loads(started.stdout)


def strict_of(environment):
    return {name: value for name, value in settings_of(environment).items() if name in STRICT}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"PORTAL_SECRET_KEY": None}, "PORTAL_SECRET_KEY is not set."),
        ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY is not set."),
        ({"PORTAL_SECRET_KEY": "short"}, "PORTAL_SECRET_KEY is shorter than 50 characters."),
        ({"PORTAL_HOSTS": None}, "PORTAL_HOSTS is not set."),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set."),
        ({"DATABASE_URL": "sqlite:///file.db"}, "DATABASE_URL must begin with “postgresql://”."),
        ({"PORTAL_DEBUG": "1"}, "PORTAL_DEBUG is “1”. It must be “yes” or “no”."),
        ({"PORTAL_PLAIN_HTTP": "true"}, "PORTAL_PLAIN_HTTP is “true”. It must be “yes” or “no”."),
        ({"PORTAL_PLAIN_HTTP": "yes"}, "PORTAL_PLAIN_HTTP is “yes”, but PORTAL_HOSTS names more"),
        ({"PORTAL_SAMPLE": "maybe"}, "PORTAL_SAMPLE is “maybe”. It must be “yes” or “no”."),
        (
            {"PORTAL_SAMPLE": "yes"},
            "PORTAL_SAMPLE is “yes”, but the sample is served on the loopback address",
        ),
        ({"PORTAL_TODAY": "2009-09-09"}, "PORTAL_TODAY is set, but only the sample may pin the day."),
        ({"PORTAL_TODAY": "9.9.2009"}, "PORTAL_TODAY is “9.9.2009”. It must be a date such as 2009-09-09."),
        ({"PORTAL_PROXIES": "one"}, "PORTAL_PROXIES is “one”. It must be a whole number such as 0."),
        ({"PORTAL_PROXIES": "-1"}, "PORTAL_PROXIES is “-1”. It must be a whole number such as 0."),
        (
            {"PORTAL_MAIL_HOST": "mail.example.fi", "PORTAL_MAIL_PORT": "smtp"},
            "PORTAL_MAIL_PORT is “smtp”. It must be a whole number such as 587.",
        ),
        ({**MAIL, "PORTAL_MAIL_PORT": "0"}, "PORTAL_MAIL_PORT is “0”. A port is between 1 and 65535."),
        ({**MAIL, "PORTAL_MAIL_PORT": "65536"}, "PORTAL_MAIL_PORT is “65536”. A port is between"),
        ({**MAIL, "PORTAL_MAIL_HOST": ""}, "PORTAL_MAIL_USER or PORTAL_MAIL_PASSWORD is set, but"),
        ({**MAIL, "PORTAL_MAIL_PASSWORD": ""}, "PORTAL_MAIL_USER and PORTAL_MAIL_PASSWORD go together."),
        ({**MAIL, "PORTAL_MAIL_USER": ""}, "PORTAL_MAIL_USER and PORTAL_MAIL_PASSWORD go together."),
        ({**MAIL, "PORTAL_MAIL_TLS": "no"}, "PORTAL_MAIL_TLS is “no”, but PORTAL_MAIL_PASSWORD is set"),
        ({**MAIL, "PORTAL_MAIL_FROM": None}, "PORTAL_MAIL_FROM is not set."),
        ({**MAIL, "PORTAL_MAIL_FROM": "Punos"}, "PORTAL_MAIL_FROM is “Punos”. It must be an e-mail address."),
        ({"PORTAL_LARGEST_FILE": "0"}, "PORTAL_LARGEST_FILE must be between 1 and 100"),
        ({"PORTAL_SCANNER": "localhost"}, "PORTAL_SCANNER is “localhost”. It must be such as unix:/run/"),
        ({"PORTAL_LOG_LEVEL": "LOUD"}, "PORTAL_LOG_LEVEL is “LOUD”. It must be one of: DEBUG, INFO"),
        (
            {"PORTAL_MAIL_HOST": "mail.example.fi", "PORTAL_MAIL_TLS": "on"},
            "PORTAL_MAIL_TLS is “on”. It must be “yes” or “no”.",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(change, sentence):
    environment = {name: value for name, value in (PRODUCTION | change).items() if value is not None}
    started = start(environment)
    assert started.returncode != 0
    assert started.stdout == ""
    assert f"ImproperlyConfigured: {sentence}" in started.stderr


def test_hosts_that_name_nobody_stop_the_start():
    started = start(PRODUCTION | {"PORTAL_HOSTS": " , "})
    assert "ImproperlyConfigured: PORTAL_HOSTS" in started.stderr


def test_production_demands_https_for_cookies_pages_and_a_year():
    assert strict_of(PRODUCTION) == {
        "SESSION_COOKIE_SECURE": "True",
        "CSRF_COOKIE_SECURE": "True",
        "LANGUAGE_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": "True",
        "SECURE_HSTS_SECONDS": "31536000",
        "SECURE_PROXY_SSL_HEADER": "None",
        "DEBUG": "False",
        "SAMPLE": "False",
        "TODAY": "None",
        "ADDRESS": "https://punos.example.fi",
    }


def test_a_proxy_is_believed_only_where_there_is_one():
    behind_one = settings_of(PRODUCTION | {"PORTAL_PROXIES": "1"})
    assert behind_one["SECURE_PROXY_SSL_HEADER"] == "('HTTP_X_FORWARDED_PROTO', 'https')"
    assert behind_one["ALLAUTH_TRUSTED_PROXY_COUNT"] == "1"
    assert settings_of(PRODUCTION)["ALLAUTH_TRUSTED_PROXY_COUNT"] == "0"
    assert settings_of(LOOPBACK | {"PORTAL_PROXIES": "1"})["SECURE_PROXY_SSL_HEADER"] == "None"


@pytest.mark.parametrize(
    ("change", "port", "user"),
    [
        ({}, "587", "punos"),
        ({"PORTAL_MAIL_PORT": "2525"}, "2525", "punos"),
        ({"PORTAL_MAIL_TLS": "no", "PORTAL_MAIL_USER": "", "PORTAL_MAIL_PASSWORD": ""}, "25", ""),
    ],
)
def test_mail_is_sent_as_the_environment_says(change, port, user):
    found = settings_of(PRODUCTION | MAIL | change)
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.fi", port)
    assert (found["EMAIL_HOST_USER"], found["DEFAULT_FROM_EMAIL"]) == (user, "punos@example.fi")


def test_without_a_server_mail_is_written_to_files():
    assert settings_of(PRODUCTION)["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"


def test_the_loopback_address_is_served_plainly():
    assert strict_of(LOOPBACK | {"PORTAL_SAMPLE": "yes", "PORTAL_TODAY": "2009-09-09"}) == {
        "SESSION_COOKIE_SECURE": "False",
        "CSRF_COOKIE_SECURE": "False",
        "LANGUAGE_COOKIE_SECURE": "False",
        "SECURE_SSL_REDIRECT": "False",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": "False",
        "SECURE_HSTS_SECONDS": "0",
        "SECURE_PROXY_SSL_HEADER": "None",
        "DEBUG": "False",
        "SAMPLE": "True",
        "TODAY": "2009-09-09",
        "ADDRESS": "http://localhost",
    }


def test_no_secret_stands_in_the_settings():
    source = (ROOT / "programme/settings.py").read_text()
    assert 'SECRET_KEY = environment.text("PORTAL_SECRET_KEY")' in source
    assert "insecure" not in source
