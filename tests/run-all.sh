#!/usr/bin/env bash
# Runs every suite, two at a time, and ends with one line of counts for all of them. Skipped tests are named.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=$(mktemp -d)
memory=
trap 'rm -rf "$results" ${memory:+"$memory"}' EXIT

# The servers of tests write in memory where there is room for them: on a busy disk each commit waits for seconds.
use_memory() {
    local free
    free=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
    [ -z "${TMPDIR:-}" ] && [ "${free:-0}" -ge $((4 * 1024 * 1024)) ] || return
    memory=$(mktemp -d /dev/shm/pgcloud-tests-XXXXXX)
    # The servers run under another account.
    chmod 1777 "$memory"
    export TMPDIR=$memory
}

# One line of three numbers a suite.
add() { echo "$@" >>"$results/counts"; }

# What failed is told again at the end: who reads a long log from there sees it without a search.
retell() {
    local counts log
    for counts in "$results"/*.counts; do
        [ -f "$counts" ] && [ "$(cut -d ' ' -f 2 "$counts")" != 0 ] || continue
        log=${counts%.counts}.log
        echo
        echo "=== failed in $(basename "$log" .log)"
        tail -n 100 "$log"
    done
}

finish() {
    local passed failed skipped
    retell
    read -r passed failed skipped < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$results/counts")
    echo
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
    exit
}

./build.sh build || { echo 'The build failed.'; add 0 1 0; finish; }
tests/servers/install.sh || echo 'PostgreSQL of other versions is not to be had here; what needs it is skipped and named.'
tests/npm-client/install.sh || echo "The clouds' own clients for Node.js are not to be had here; what needs them is skipped and named."

suites=(tests/*.Tests/*.csproj demo-quickstart demo-ovh demo-ibm)
if tests/run-pester.sh --check; then
    # The largest files first, so that none of them is left to run alone at the end.
    mapfile -t pester < <(ls -S tests/Pester/*.Tests.ps1)
    suites=(tests/PgCloud.Engine.Tests/*.csproj "${pester[@]}" "${suites[@]}" demo-clouds)
fi

use_memory
printf '%s\n' "${suites[@]}" | awk '!seen[$0]++' | xargs -P "${PGCLOUD_TEST_JOBS:-2}" -I {} tests/run-suite.sh {} "$results"
for suite in "${suites[@]}"; do
    [ -f "$results/$(basename "$suite").counts" ] || echo "$suite ended without a result."
done
cat "$results"/*.counts >>"$results/counts" 2>/dev/null
finish
