#!/usr/bin/env bash
# Runs the Pester suite on a real PowerShell. With --counts FILE it writes "passed failed skipped" there, and having no pwsh is no failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

counts=
[ "${1:-}" = --counts ] && counts=$2

pwsh=$(./build.sh which-pwsh)
if [ -z "$pwsh" ]; then
    echo 'Pester did not run: there is no pwsh on PATH, and the .NET tool manifest gave none.'
    [ -n "$counts" ] && { echo '0 0 0' >"$counts"; exit 0; }
    exit 1
fi

[ -f bin/PgCloud.dll ] || ./build.sh build || exit 1
exec "$pwsh" -NoProfile -File tests/Pester/Invoke-Suite.ps1 -CountsPath "${counts:-/dev/null}"
