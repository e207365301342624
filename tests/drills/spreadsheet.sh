#!/usr/bin/env bash
# Proves that a work programme's spreadsheet survives another program: the portal gives it out, LibreOffice opens
# it and saves it anew, and brought in again it makes no difference.
#
#   tests/drills/spreadsheet.sh
#
# Wants curl, unzip and LibreOffice's Calc (Debian: libreoffice-calc). Starts a portal of its own on a free port,
# with PORTAL_VAR (default: a directory in /var/tmp) for its database; nothing that it started runs when it ends.

set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
directory=${DRILL_DIR:-$(mktemp -d /var/tmp/punos-spreadsheet.XXXXXX)}
port=$((20000 + RANDOM % 10000))
address="http://127.0.0.1:$port"
cookies=$directory/cookies
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
    local path=$1 page=$2 answer=$3
    shift 3
    read_page "$page" "$directory/form.html"
    local token
    token=$(grep -o 'name="csrfmiddlewaretoken" value="[^"]*"' "$directory/form.html" | head -n 1 | cut -d '"' -f 4)
    curl -sS -b "$cookies" -c "$cookies" -e "$address$page" -o "$answer" -w '%{http_code}' \
        -F "csrfmiddlewaretoken=$token" "$@" "$address$path"
}

save_anew() {
    local into=$directory/saved-$1
    mkdir -p "$into"
    soffice -env:UserInstallation="file://$directory/profile" --headless --calc --convert-to xlsx \
        --outdir "$into" "$2" > "$directory/soffice.log" 2>&1 || { cat "$directory/soffice.log"; fail "LibreOffice"; }
    [ -s "$into/$(basename "$2")" ] || fail "LibreOffice saved nothing: see $directory/soffice.log"
}

for program in curl unzip soffice; do
    command -v "$program" > /dev/null || fail "$program is missing"
done
say "logs and files are in $directory"
say "$(soffice --version | head -n 1)"

PORTAL_VAR=${PORTAL_VAR:-$directory/var} PORT=$port "$repository/bin/start" > "$directory/start.log" 2>&1 &
starter=$!
began=$SECONDS
until curl -sS -o /dev/null --fail "$address/health/ready" 2> /dev/null; do
    kill -0 "$starter" 2>/dev/null || { cat "$directory/start.log"; fail "bin/start ended by itself"; }
    [ $((SECONDS - began)) -lt 600 ] || fail "bin/start is not ready after 10 minutes"
    sleep 0.5
done

status=$(send /account/demo/ /account/login/ "$directory/answer.html" -F persona=office)
[ "$status" = 302 ] || fail "signing in answers $status"

for group in WG-MR WG-HP WG-EO; do
    plan=/ako/workgroups/$group/2010
    status=$(send "/ako/workgroups/$group/draw-up/" "/ako/workgroups/$group/" "$directory/answer.html" \
        -F year=2010 -F from_previous=on)
    [ "$status" = 302 ] || fail "drawing up $group answers $status"

    given=$directory/$group.xlsx
    read_page "$plan.xlsx" "$given"
    save_anew "$group" "$given"
    saved=$directory/saved-$group/$group.xlsx
    cmp -s "$given" "$saved" && fail "LibreOffice has not saved the file anew"
    rows=$(unzip -p "$saved" xl/worksheets/sheet1.xml | grep -o '<row ' | wc -l)

    status=$(send "$plan/import/" "$plan/import/" "$directory/$group.html" -F "spreadsheet=@$saved")
    [ "$status" = 200 ] || fail "$group: the file brought in answers $status, see $directory/$group.html"
    grep -q 'data-no-difference' "$directory/$group.html" || fail "$group differs: see $directory/$group.html"
    say "$group: $rows rows out, through LibreOffice, and in again: no difference"
done
say "passed"
