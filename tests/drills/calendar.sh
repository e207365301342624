#!/usr/bin/env bash
# Proves that a real calendar client of the distribution reads the personal feed: the board's meeting and a deadline stand
# on their days, and after the meeting was moved both stand on others.
#
#   tests/drills/calendar.sh
#
# Wants curl and calcurse. Starts a portal of its own, with DRILL_DIR (default: a directory in /var/tmp) for its files
# and a free port. Nothing that it started runs when it ends.

set -euo pipefail
export LC_ALL=C.UTF-8 TZ=Europe/Helsinki

repository=$(cd "$(dirname "$0")/../.." && pwd)
directory=${DRILL_DIR:-$(mktemp -d /var/tmp/punos-calendar.XXXXXX)}
port=$((20000 + RANDOM % 10000))
address="http://127.0.0.1:$port"
cookies=$directory/cookies
edit=/ako/meetings/KOK-SH-2009-08/edit/
starter=

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

fail() {
    say "FAILED: $*"
    exit 1
}

clean_up() {
    if [ -n "$starter" ]; then kill -TERM "$starter" 2>/dev/null || true; wait "$starter" 2>/dev/null || true; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

read_page() { curl -sS --fail -b "$cookies" -c "$cookies" -o "$2" "$address$1"; }

# Send a form as a browser does: with the token of the page that it stands on.
send() {
    local path=$1 page=$2
    shift 2
    read_page "$page" "$directory/form.html"
    local token
    token=$(grep -o 'name="csrfmiddlewaretoken" value="[^"]*"' "$directory/form.html" | head -n 1 | cut -d '"' -f 4)
    curl -sS -b "$cookies" -c "$cookies" -e "$address$page" -o "$directory/answer.html" -w '%{http_code}' \
        -F "csrfmiddlewaretoken=$token" "$@" "$address$path"
}

# Fetch the feed without a session and let the client take it into a calendar of its own.
take_in() {
    curl -sS --fail -o "$directory/$1.ics" "$feed"
    mkdir -p "$directory/$1"
    calcurse -q -D "$directory/$1" -C "$directory/$1" -i "$directory/$1.ics" > "$directory/$1.out"
}

# Whether the client shows something on a day.
shows() { calcurse -D "$directory/$1" -C "$directory/$1" -d "$2" | grep -q "$3"; }

for program in curl calcurse; do
    command -v "$program" > /dev/null || fail "$program is missing"
done
say "logs and files are in $directory"
say "$(calcurse --version | head -n 1)"

PORTAL_VAR=${PORTAL_VAR:-$directory/var} PORT=$port "$repository/bin/start" > "$directory/start.log" 2>&1 &
starter=$!
began=$SECONDS
until curl -sS -o /dev/null --fail "$address/health/ready" 2> /dev/null; do
    kill -0 "$starter" 2>/dev/null || { cat "$directory/start.log"; fail "bin/start ended by itself"; }
    [ $((SECONDS - began)) -lt 600 ] || fail "bin/start is not ready after 10 minutes"
    sleep 0.5
done
status=$(send /account/demo/ /account/login/ -F persona=secretary)
[ "$status" = 302 ] || fail "signing in answers $status"

read_page /clock/ "$directory/clock.html"
feed=$(grep -o "http://[^<]*clock.ics?key=[^<]*" "$directory/clock.html" | head -n 1)
[ -n "$feed" ] || fail "the page shows no address, see $directory/clock.html"
take_in before
shows before 09/30/2009 "Seutuhallitus 8/2009" || fail "the client does not show the meeting of 30.9.2009"
shows before 09/30/2009 "09:00" || fail "the meeting does not begin at nine in Finland"
shows before 09/23/2009 "esityslista" || fail "the client does not show the deadline of 23.9.2009"
say "a client that fetches the feed shows the meeting and the deadline on their days"

status=$(send "$edit" "$edit" -F held_on=7.10.2009 -F starts_at=9.00 -F number=8/2009)
[ "$status" = 200 ] || fail "the moves are not shown first: $status"
seen=$(grep -o 'name="moves" value="[^"]*"' "$directory/answer.html" | cut -d '"' -f 4)
status=$(send "$edit" "$edit" -F held_on=7.10.2009 -F starts_at=9.00 -F number=8/2009 -F "moves=$seen")
[ "$status" = 302 ] || fail "moving the meeting answers $status"
take_in after
shows after 10/07/2009 "Seutuhallitus 8/2009" || fail "the client does not show the meeting of 7.10.2009"
shows after 09/30/2009 "esityslista" || fail "the client does not show the deadline of 30.9.2009"
if shows after 09/30/2009 "Seutuhallitus 8/2009"; then fail "the client shows the meeting on its old day"; fi
say "a meeting that moved stands on its new day, and so does its deadline"

status=$(send /clock/feed/renew/ /clock/)
[ "$status" = 302 ] || fail "renewing the address answers $status"
status=$(curl -sS -o /dev/null -w '%{http_code}' "$feed")
[ "$status" = 404 ] || fail "the old address answers $status"
say "PASSED: the old address answers no more"
