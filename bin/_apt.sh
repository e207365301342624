#!/bin/sh
# Installs the Debian packages named, where this user may; else says what is missing and the one line that helps.

set -eu

if ! command -v apt-get > /dev/null; then
    echo "Missing on this machine, by Debian's names: $*" >&2
    echo "Install them with this machine's own package manager, then run this again." >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
    as_root="sudo -n"
else
    echo "Missing system packages: $*" >&2
    echo "Install them with:" >&2
    echo "  sudo apt-get install --no-install-recommends $*" >&2
    exit 1
fi

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 "$@" > "$log" 2>&1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing system packages: $*"

if ! ls /var/lib/apt/lists/*_Packages* > /dev/null 2>&1; then
    apt update || { cat "$log" >&2; exit 1; }
fi
# Lists that are there may be old and name files that are gone: then they are fetched anew, once.
apt install --no-install-recommends "$@" \
    || { apt update && apt install --no-install-recommends "$@"; } \
    || { cat "$log" >&2; exit 1; }
