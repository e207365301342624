"""Tables in which what was written stays."""

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse every change and removal, for the table's owner too."""
    return [
        pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete),
        never_emptied(f"{name}_whole"),
    ]


def never_emptied(name: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses to empty a table at a stroke, which goes round those on its rows."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'This table is not emptied: what was told and decided stays.';",
    )
