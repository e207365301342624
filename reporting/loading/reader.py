"""Reads YAML strictly against a shape, and remembers the line of everything, so that an error can say where.

A shape is written as data: `str`, `int`, `bool`, `Decimal` and `datetime.date` for values, `[shape]` for a
list, `{key: shape}` for a mapping, with `"key?"` for a key that may be left out, and `Maybe`, `MapOf` and
`OneOf` for the rest.
"""

import datetime
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

VALUE_TAGS = {
    str: "str",
    int: "int",
    bool: "bool",
    datetime.date: "timestamp",
}
KINDS_IN_WORDS = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "timestamp": "a date (YYYY-MM-DD)",
    "float": "a number",
    "null": "nothing",
    "map": "a mapping",
    "seq": "a list",
}

# The C parser is many times faster, where PyYAML was built with it.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NamedText(io.StringIO):
    """A text whose name the marks of its nodes carry."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


class FileError(Exception):
    """What is wrong with a file, and on which line."""

    def __init__(self, reason: str, file: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.line = line

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True)
class Maybe:
    """A value that may be null."""

    shape: Any


@dataclass(frozen=True)
class MapOf:
    """A mapping whose keys are data; all values have one shape."""

    shape: Any


@dataclass(frozen=True)
class OneOf:
    """A text that is one of a few."""

    choices: tuple[str, ...]


class Record(dict[str, Any]):
    """A mapping of a file: its values, the line it begins on and the line of each of its keys."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)

    def error(self, key: str, reason: str) -> FileError:
        """Return the error that something is wrong with a key's value."""
        return FileError(reason, self.file, self.line_of(key))


def read_file(path: Path, shape: dict[str, Any]) -> Record:
    """Return the file's content, checked against the shape.

    Raises FileError when the file cannot be read, is no YAML, or differs from the shape.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"the file cannot be read ({error})", path.name) from error
    loader = Loader(NamedText(text, path.name))
    try:
        root = loader.get_single_node()
        if root is None:
            raise FileError("the file is empty", path.name, 1)
        return _mapping(root, shape, "the file", loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise FileError(f"this is not YAML: {error.problem}", path.name, line) from error
    except yaml.YAMLError as error:
        raise FileError(f"this is not YAML: {error}", path.name) from error
    finally:
        loader.dispose()


def _error(node: yaml.Node, reason: str) -> FileError:
    return FileError(reason, node.start_mark.name, node.start_mark.line + 1)


def _tag(node: yaml.Node) -> str:
    return node.tag.rpartition(":")[2]


def _read(node: yaml.Node, shape: Any, name: str, loader: Any) -> Any:
    if isinstance(shape, Maybe):
        return None if _tag(node) == "null" else _read(node, shape.shape, name, loader)
    if isinstance(shape, dict):
        return _mapping(node, shape, name, loader)
    if isinstance(shape, MapOf):
        keys = [key.value for key, _value in node.value] if isinstance(node, yaml.MappingNode) else []
        return _mapping(node, dict.fromkeys(keys, shape.shape), name, loader)
    if isinstance(shape, list):
        return _list(node, shape[0], name, loader)
    return _value(node, shape, name, loader)


def _mapping(node: yaml.Node, shape: dict[str, Any], name: str, loader: Any) -> Record:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong_kind(node, name, "map")
    record = Record(node.start_mark.name, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = key_node.value
        if key in record:
            raise _error(key_node, f"{name} has the key “{key}” twice")
        value_shape = shape.get(key, shape.get(f"{key}?"))
        if value_shape is None:
            raise _error(key_node, f"{name} has an unknown key “{key}”")
        record.lines[key] = key_node.start_mark.line + 1
        record[key] = _read(value_node, value_shape, f"“{key}”", loader)
    for key in shape:
        if not key.endswith("?") and key not in record:
            raise _error(node, f"{name} lacks the key “{key}”")
    return record


def _list(node: yaml.Node, shape: Any, name: str, loader: Any) -> list[Any]:
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong_kind(node, name, "seq")
    items = [_read(item, shape, f"an item of {name}", loader) for item in node.value]
    _refuse_duplicates(items)
    return items


def _refuse_duplicates(items: list[Any]) -> None:
    seen = set()
    for item in items:
        if isinstance(item, Record) and "id" in item:
            if item["id"] in seen:
                raise item.error("id", f"the id “{item['id']}” is here twice")
            seen.add(item["id"])


def _value(node: yaml.Node, shape: Any, name: str, loader: Any) -> Any:
    tag = _tag(node)
    if not isinstance(node, yaml.ScalarNode):
        raise _wrong_kind(node, name, "str" if isinstance(shape, OneOf) else VALUE_TAGS.get(shape, "float"))
    if isinstance(shape, OneOf):
        if tag != "str" or node.value not in shape.choices:
            allowed = ", ".join(shape.choices)
            raise _error(node, f"{name} is “{node.value}”, but may be only: {allowed}")
        return node.value
    if shape is Decimal:
        if tag not in ("int", "float"):
            raise _wrong_kind(node, name, "float")
        return Decimal(node.value)
    if tag != VALUE_TAGS[shape]:
        raise _wrong_kind(node, name, VALUE_TAGS[shape])
    if shape is str and not node.value.strip():
        raise _error(node, f"{name} is empty")
    try:
        value = loader.construct_object(node)
    except ValueError as error:
        raise _error(node, f"{name} is “{node.value}”: {error}") from error
    if shape is datetime.date and isinstance(value, datetime.datetime):
        raise _error(node, f"{name} is a moment, but should be a date (YYYY-MM-DD)")
    return value


def _wrong_kind(node: yaml.Node, name: str, wanted: str) -> FileError:
    found = KINDS_IN_WORDS.get(_tag(node), _tag(node))
    return _error(node, f"{name} should be {KINDS_IN_WORDS[wanted]}, but is {found}")
