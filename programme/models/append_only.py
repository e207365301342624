"""Tables in which what was written stays."""

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse every change and removal, for the table's owner too."""
    return [
        pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_whole",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'This table is append-only: what was told stays.';",
        ),
    ]
