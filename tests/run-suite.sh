#!/usr/bin/env bash
# Runs one suite, an xunit project, a Pester file or a demo (demo-NAME): SUITE RESULTS. Its output comes in one piece when it is over, its counts go to
# RESULTS/<name>.counts as "passed failed skipped". A suite that ends without a result counts as one failed test.
set -uo pipefail
suite=$1 results=$2
name=$(basename "$suite")
log="$results/$name.log"
begun=$SECONDS

# The number of tests of one outcome in a .trx file.
outcomes() { grep -o "<UnitTestResult [^>]*outcome=\"$2\"" "$1" | wc -l; }

run_xunit() {
    local trx="$results/$name.trx"
    dotnet test "$suite" -c Release --no-build --nologo --logger "trx;LogFileName=$trx" --logger 'console;verbosity=minimal'
    [ -f "$trx" ] || return
    echo "$(outcomes "$trx" Passed) $(outcomes "$trx" Failed) $(outcomes "$trx" NotExecuted)" >"$results/$name.counts"
    sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".*outcome="NotExecuted".*/skipped: \1/p' "$trx"
}

# A demo has to come to its end.
run_demo() {
    ./build.sh demo -- "${suite#demo-}" && echo 1 0 0 >"$results/$name.counts"
}

case "$suite" in
    *.csproj) run_xunit >"$log" 2>&1 ;;
    demo-*) run_demo >"$log" 2>&1 ;;
    *) tests/run-pester.sh --counts "$results/$name.counts" "$suite" >"$log" 2>&1 ;;
esac
[ -s "$results/$name.counts" ] || { echo 'It ended without a result.' >>"$log"; echo 0 1 0 >"$results/$name.counts"; }
{
    flock 9
    echo "--- $name: $((SECONDS - begun)) s"
    cat "$log"
} 9>"$results/lock"
