"""Lets the tests of the launcher import its modules, which lie beside the commands and in no package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))
