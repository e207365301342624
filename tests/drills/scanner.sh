#!/usr/bin/env bash
# Proves that the portal works with the real virus scanner of the distribution: a clean file is given out, one with
# the scanners' own test string stays in quarantine, and what comes in while the scanner is away waits for it.
#
#   tests/drills/scanner.sh
#
# Wants curl and clamd (Debian: clamav-daemon); no signatures are fetched: a database of one string is enough.
# Starts a scanner and a portal of its own, with DRILL_DIR (default: a directory in /var/tmp) for their files and a
# free port. Nothing that it started runs when it ends.

set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
directory=${DRILL_DIR:-$(mktemp -d /var/tmp/punos-scanner.XXXXXX)}
port=$((20000 + RANDOM % 10000))
address="http://127.0.0.1:$port"
cookies=$directory/cookies
socket=$directory/clamd.ctl
actions=/ako/actions/TP-2009-MR
starter= scanner=

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

fail() {
    say "FAILED: $*"
    exit 1
}

end() { if [ -n "$1" ]; then kill -TERM "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; fi; }

clean_up() {
    end "$starter"
    end "$scanner"
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

start_scanner() {
    clamd --foreground --config-file="$directory/clamd.conf" > "$directory/clamd.out" 2>&1 &
    scanner=$!
    local began=$SECONDS
    until [ -S "$socket" ]; do
        kill -0 "$scanner" 2>/dev/null || { cat "$directory/clamd.out"; fail "clamd ended by itself"; }
        [ $((SECONDS - began)) -lt 60 ] || fail "clamd is not ready after a minute"
        sleep 0.2
    done
}

stop_scanner() {
    end "$scanner"
    scanner=
    rm -f "$socket"
}

# Add a file to the follow-up of an action, as evidence that it is achieved.
add() {
    local action=$actions-$1 file=$2 status
    status=$(send "$action/follow-up/2009-T2/" "$action/follow-up/2009-T2/" \
        -F status=achieved -F text=Valmis. -F version=0 -F "attachments=@$file;filename=todiste-$1.txt")
    [ "$status" = 302 ] || fail "adding $file answers $status, see $directory/answer.html"
}

# Wait until the line's page says of its file what it should.
says() {
    local action=$actions-$1 words=$2 began=$SECONDS
    until read_page "$action/" "$directory/line-$1.html" && grep -q "$words" "$directory/line-$1.html"; do
        [ $((SECONDS - began)) -lt "$3" ] || fail "$1 does not say “$words”, see $directory/line-$1.html"
        sleep 1
    done
}

# Ask for the file of a line as a reader who knows its address.
answers() {
    local number status
    number=$(curl -sS -b "$cookies" "$address$actions-$1/follow-up/2009-T2/" \
        | grep -o 'name="removed" value="[0-9]*"' | head -n 1 | tr -dc '0-9')
    status=$(curl -sS -b "$cookies" -o "$directory/file-$1" -w '%{http_code}' \
        "$address$actions-$1/follow-up/2009-T2/attachments/$number/")
    [ "$status" = "$2" ] || fail "the file of $1 answers $status, not $2"
}

for program in curl clamd; do
    command -v "$program" > /dev/null || fail "$program is missing"
done
say "logs and files are in $directory"
say "$(clamd --version)"

# The test string of all scanners, written so that no scanner takes this script for it.
test_string='X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS'
test_string="$test_string-TEST-FILE!\$H+H*"
mkdir -p "$directory/signatures"
printf 'Eicar-Test-Signature:0:*:%s\n' "$(printf '%s' "$test_string" | od -An -tx1 | tr -d ' \n')" \
    > "$directory/signatures/drill.ndb"
printf '%s' "$test_string" > "$directory/infected.txt"
printf 'Kaikki kunnat ovat lausuneet.\n' > "$directory/clean.txt"
cat > "$directory/clamd.conf" <<CONF
DatabaseDirectory $directory/signatures
LocalSocket $socket
LogFile $directory/clamd.log
StreamMaxLength 60M
CONF

start_scanner
PORTAL_SCANNER=unix:$socket PORTAL_VAR=${PORTAL_VAR:-$directory/var} PORT=$port \
    "$repository/bin/start" > "$directory/start.log" 2>&1 &
starter=$!
began=$SECONDS
until curl -sS -o /dev/null --fail "$address/health/ready" 2> /dev/null; do
    kill -0 "$starter" 2>/dev/null || { cat "$directory/start.log"; fail "bin/start ended by itself"; }
    [ $((SECONDS - began)) -lt 600 ] || fail "bin/start is not ready after 10 minutes"
    sleep 0.5
done
status=$(send /account/demo/ /account/login/ -F persona=coordinator-mr)
[ "$status" = 302 ] || fail "signing in answers $status"

add 01 "$directory/clean.txt"
says 01 "virustarkistettu, ei löydöksiä" 60
answers 01 200
cmp -s "$directory/clean.txt" "$directory/file-01" || fail "the clean file comes out as another"
say "a clean file is scanned and given out as it came in"

add 02 "$directory/infected.txt"
says 02 "Eicar-Test-Signature" 60
answers 02 403
grep -q "Eicar-Test-Signature" "$directory/clamd.log" || fail "the scanner has not written of it"
say "a file with the test string is in quarantine, and nobody gets it"

stop_scanner
add 03 "$directory/clean.txt"
says 03 "virustarkistuksessa" 10
sleep 5
says 03 "virustarkistuksessa" 10
answers 03 403
say "while the scanner is away a file waits, and nobody gets it"

start_scanner
says 03 "virustarkistettu, ei löydöksiä" 180
answers 03 200
say "when it is back the file is scanned"
say "passed"
