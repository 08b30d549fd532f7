#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fetches PostgreSQL 14, 16, 17 and 18 for the tests into node_modules here. Does nothing where they are there already.
set -euo pipefail
cd "$(dirname "$0")"

# npm marks what it has installed with the lock file's own content, so a changed lock file is noticed.
stamp=node_modules/.pgcloud-installed
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then
    exit 0
fi

command -v npm >/dev/null || { echo "tests/servers/install.sh: npm is needed to fetch PostgreSQL 14, 16, 17 and 18" >&2; exit 1; }
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
    echo "tests/servers/install.sh: these servers are for Linux on x86-64; tests that need them are skipped elsewhere" >&2
    exit 0
fi

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# A package cannot hold symbolic links: each brings a list of its own and a script that makes them, which is all its install script does.
for package in node_modules/postgresql-*; do
    (cd "$package" && node scripts/hydrate-symlinks.js)
done

cp package-lock.json "$stamp"
