"""What stands in the portal's addresses."""

from django.urls import register_converter


class CodeConverter:
    """A stable code of the programme: letters, digits and hyphens, so that a full stop ends it."""

    regex = "[A-Za-z0-9-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter(CodeConverter):
    """A year of four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        return str(value)


register_converter(CodeConverter, "code")
register_converter(YearConverter, "year")
