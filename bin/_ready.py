"""Makes the system and the virtual environment ready for a command: `_ready.py start` or `_ready.py test`.

Runs on any Python 3.11 or later and its standard library alone, before anything is installed.
"""

import sys

from _system import install_missing_packages
from _venv import make_environment

if __name__ == "__main__":
    install_missing_packages(sys.argv[1])
    make_environment(sys.argv[1])
