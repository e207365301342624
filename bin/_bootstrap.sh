# Read by `start` and `test`: finds a Python or installs one, and has it make the rest ready.

bin=$(cd "$(dirname "$0")" && pwd)
environment_python=$bin/../.venv/bin/python

# A Python counts when it is 3.11 or later and whole: Debian's python3-minimal lacks half the library.
find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import ctypes, json, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null
        then
            return 0
        fi
    done
    return 1
}

# Without a Python nothing can tell what else is missing, so all packages of the command are asked for.
packages_of() {
    while read -r command package proof; do
        case $command in
            start) echo "$package" ;;
            test) if [ "$1" = test ]; then echo "$package"; fi ;;
        esac
    done < "$bin/_packages.txt"
}

make_ready() {
    if ! find_python; then
        # shellcheck disable=SC2046
        "$bin/_apt.sh" $(packages_of "$1")
        if ! find_python; then
            echo "Python 3.11 or later is needed; this machine has $(python3 --version 2>&1)." >&2
            exit 1
        fi
    fi
    "$python" "$bin/_ready.py" "$1"
}
