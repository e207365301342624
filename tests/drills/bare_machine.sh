#!/usr/bin/env bash
# Proves that both commands work on a bare machine: `bin/test` and `bin/start` as root in fresh minimal
# chroots of Debian 12 and 13, from a clean clone of the last commit.
#
#   tests/drills/bare_machine.sh [12] [13]      both without arguments
#
# DRILL_DIR (default: a directory in /var/tmp) holds the chroots and the logs. The chroots reach the
# network the way this machine does: its name resolution, certificates and package settings are copied.
# Wants root, debootstrap, git, curl and pgrep. When it ends, however it ends, nothing that it started runs
# and nothing that it mounted is mounted.

set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
directory=${DRILL_DIR:-$(mktemp -d /var/tmp/punos-drill.XXXXXX)}
# Below /root on purpose: the database must then run as a user who cannot walk to its own files.
clone=/root/punos
port=$((20000 + RANDOM % 10000))
failed=
address="http://127.0.0.1:$port"
starter=

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

fail() {
    say "FAILED: $*"
    exit 1
}

mounts_of() { awk -v root="$1/" 'index($2, root) == 1 { print $2 }' /proc/mounts | sort -r; }

clean_up() {
    if [ -n "$starter" ]; then kill -TERM "$starter" 2>/dev/null || true; wait "$starter" 2>/dev/null || true; fi
    local root mounted
    for root in "$directory"/debian-*; do
        for mounted in $(mounts_of "$root"); do umount "$mounted" || umount --lazy "$mounted"; done
    done
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Copy what lets this machine reach its package registries, whatever that is here.
copy_settings() {
    local root=$1 codename=$2 host_codename path
    host_codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-$codename}")
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    mkdir -p "$root/usr/local/share/ca-certificates" "$root/etc/ssl/certs"
    for path in /usr/local/share/ca-certificates/*.crt; do
        if [ -e "$path" ]; then cp -L "$path" "$root/usr/local/share/ca-certificates/"; fi
    done
    if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
        cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    fi
    for path in apt.conf apt.conf.d auth.conf auth.conf.d keyrings sources.list sources.list.d trusted.gpg.d; do
        if [ -e "/etc/apt/$path" ]; then cp -rL "/etc/apt/$path" "$root/etc/apt/"; fi
    done
    # The sources are this machine's, the release is the chroot's.
    find "$root/etc/apt" -name 'sources.list' -o -name '*.list' -o -name '*.sources' \
        | xargs -r sed -i "s/\b$host_codename\b/$codename/g"
    for path in /etc/pip.conf /etc/xdg/pip "$HOME/.config/pip" "$HOME/.pip"; do
        if [ -e "$path" ]; then mkdir -p "$root$(dirname "$path")" && cp -rL "$path" "$root$path"; fi
    done
}

make_machine() {
    local root=$1 codename=$2
    say "making a minimal $codename in $root"
    rm -rf --one-file-system "$root"
    debootstrap --variant=minbase "$codename" "$root" > "$root.debootstrap.log" 2>&1 \
        || fail "debootstrap: see $root.debootstrap.log"
    copy_settings "$root" "$codename"
    git clone --quiet --no-hardlinks "$repository" "$root$clone"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
}

# Run a command on the machine with an environment that holds its package settings and nothing else.
inside() {
    local root=$1
    shift
    local settings
    mapfile -t settings < <(env | grep -E '^(PIP_[A-Z_]+|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|([A-Za-z]+_)?(PROXY|proxy))=' || true)
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PORT="$port" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" "$@"
}

answers() { curl --silent --fail --noproxy '*' --output "$1" "$address$2"; }

# Start the portal and wait until it answers; prints the seconds that took.
start_portal() {
    local root=$1 log=$2 began=$SECONDS
    (inside "$root" "$clone/bin/start") > "$log" 2>&1 &
    starter=$!
    until answers /dev/null /health/ready; do
        kill -0 "$starter" 2>/dev/null || { cat "$log"; fail "bin/start ended by itself"; }
        [ $((SECONDS - began)) -lt 1200 ] || { cat "$log"; fail "bin/start is not ready after 20 minutes"; }
        sleep 0.2
    done
}

stop_portal() {
    local began
    began=$(date +%s%N)
    kill -TERM "$starter"
    wait "$starter" || true
    starter=
    say "stopped in $((($(date +%s%N) - began) / 1000000)) ms"
    if answers /dev/null /health/live; then fail "the portal still answers after it was stopped"; fi
}

timed_start() {
    local began title=$3
    began=$(date +%s%N)
    start_portal "$1" "$2"
    say "$title: ready in $((($(date +%s%N) - began) / 1000000)) ms"
}

drill() {
    local version=$1 codename root began
    case $version in
        12) codename=bookworm ;;
        13) codename=trixie ;;
        *) fail "Debian $version is not known here: say 12 or 13" ;;
    esac
    root=$directory/debian-$version
    make_machine "$root" "$codename"

    say "Debian $version: bin/test"
    began=$SECONDS
    # A failed check is told at the end: whether the portal starts is worth knowing all the same.
    if (inside "$root" "$clone/bin/test") > "$root.test.log" 2>&1; then
        say "Debian $version: bin/test passed in $((SECONDS - began)) s"
    else
        say "Debian $version: bin/test FAILED after $((SECONDS - began)) s, see $root.test.log"
        failed="$failed $version"
    fi
    grep -E ' … [0-9.]+ s$' "$root.test.log" || true
    tail -n 10 "$root.test.log"

    timed_start "$root" "$root.start.log" "Debian $version, first start"
    answers "$root.front.html" / || fail "the front page does not answer"
    grep -q '<h1' "$root.front.html" || fail "the front page has no heading"
    answers "$root.login.html" /account/login/ || fail "the sign-in page does not answer"
    grep -q 'value="coordinator-mr"' "$root.login.html" || fail "the sign-in page offers no personas"
    # The people of the sample are told last, after the address.
    for _ in $(seq 100); do
        if grep -q 'Ctrl-C stops' "$root.start.log"; then break; fi
        sleep 0.2
    done
    cat "$root.start.log"
    grep -q '^coordinator-mr ' "$root.start.log" || fail "bin/start does not tell the sample's people"
    stop_portal

    timed_start "$root" "$root.warm.log" "Debian $version, second start"
    # All of it dies at once, database included, as in a power cut; then it must simply start again.
    kill_tree "$starter"
    starter=
    timed_start "$root" "$root.recovery.log" "Debian $version, start after kill -9"
    answers /dev/null / || fail "the front page does not answer after kill -9"
    stop_portal
}

# Kill a process and all its descendants with signal 9, the database's included.
kill_tree() {
    local family=$1 generation=$1 next process
    while [ -n "$generation" ]; do
        next=
        for process in $generation; do next="$next $(pgrep -P "$process" | tr '\n' ' ' || true)"; done
        generation=$(echo $next)
        family="$family $generation"
    done
    kill -9 $family
    wait "$1" 2>/dev/null || true
}

[ "$(id -u)" = 0 ] || fail "a chroot can only be made by root"
for program in debootstrap git curl pgrep; do
    command -v "$program" > /dev/null || fail "$program is missing"
done
mkdir -p "$directory"
say "logs and chroots are in $directory"
[ $# -gt 0 ] || set -- 12 13
for version in "$@"; do drill "$version"; done
[ -z "$failed" ] || fail "bin/test on Debian$failed"
say "passed: $*"
