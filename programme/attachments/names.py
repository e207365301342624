"""Names of files as people may see and save them: nothing that leads elsewhere, hides or turns round."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
# A path, a pattern or a stream of its own to one system or another.
MEANT_BY_SYSTEMS = re.compile(r'[<>:"|?*]')


def cleaned(name: str) -> str:
    """Return a file's own name: without folders, control and direction marks, and not too long.

    What is left of the name may be empty.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Cc and Cf hold what turns the direction of writing, with which “gpj.exe” is shown as “exe.jpg”.
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in last)
    tidy = " ".join(MEANT_BY_SYSTEMS.sub("_", seen).split()).strip(". ")
    ending = extension_of(tidy)
    return tidy if len(tidy) <= LONGEST else f"{tidy[: LONGEST - len(ending)].rstrip('. ')}{ending}"


def extension_of(name: str) -> str:
    """Return the ending of a name in lower case, with its dot; empty where there is none."""
    ending = PurePosixPath(name).suffix.lower()
    return ending if len(ending) <= 8 else ""
