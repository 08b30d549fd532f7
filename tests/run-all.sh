#!/usr/bin/env bash
# Runs every suite and ends with one line of counts for all of them. Skipped tests are named.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

add() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }

finish() {
    echo
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
    exit
}

# The number of tests of one outcome in a .trx file.
outcomes() { grep -o "<UnitTestResult [^>]*outcome=\"$2\"" "$1" | wc -l; }

run_xunit() {
    local project=$1 name trx
    name=$(basename "$project" .csproj)
    trx="$results/$name.trx"
    echo "--- $name"
    dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$trx" --logger 'console;verbosity=minimal'
    if [ ! -f "$trx" ]; then
        echo "$name ended without a result."
        add 0 1 0
        return
    fi
    add "$(outcomes "$trx" Passed)" "$(outcomes "$trx" Failed)" "$(outcomes "$trx" NotExecuted)"
    sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".*outcome="NotExecuted".*/skipped: \1/p' "$trx"
}

run_pester() {
    local counts
    tests/run-pester.sh --counts "$results/pester"
    counts=$(cat "$results/pester" 2>/dev/null) || counts='0 1 0'
    # shellcheck disable=SC2086 # three numbers
    add $counts
}

./build.sh build || { echo 'The build failed.'; add 0 1 0; finish; }
tests/servers/install.sh || echo 'PostgreSQL of other versions is not to be had here; what needs it is skipped and named.'
tests/npm-client/install.sh || echo "The clouds' clients for Node.js are not to be had here; what needs it is skipped and named."

for project in tests/*.Tests/*.csproj; do
    run_xunit "$project"
done
run_pester
finish
