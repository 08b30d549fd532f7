#!/usr/bin/env bash
# Runs Pester files, or all of them, on a real PowerShell: [--counts FILE] [PATH …]. With --counts it writes "passed failed skipped" to FILE.
# With --check it only says whether Pester can run here.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

counts=/dev/null check=
case "${1:-}" in
    --counts) counts=$2; shift 2 ;;
    --check) check=yes; shift ;;
esac

pwsh=$(./build.sh which-pwsh)
if [ -z "$pwsh" ]; then
    echo 'Pester did not run: there is no pwsh on PATH, and the .NET tool manifest gave none.'
    exit 1
fi
if [ -n "$check" ]; then
    exec "$pwsh" -NoProfile -File tests/Pester/Invoke-Suite.ps1 -Check
fi

[ -f bin/PgCloud.dll ] || ./build.sh build || exit 1
exec "$pwsh" -NoProfile -File tests/Pester/Invoke-Suite.ps1 -CountsPath "$counts" "$@"
