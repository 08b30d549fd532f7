#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fetches OVHcloud's and IBM Cloud's clients for Node.js, for the tests of the emulator, into node_modules here. Does nothing where they are
# there already.
set -euo pipefail
cd "$(dirname "$0")"

stamp=node_modules/.pgcloud-installed
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then
    exit 0
fi

command -v npm >/dev/null || { echo "tests/npm-client/install.sh: npm is needed to fetch the clouds' clients" >&2; exit 1; }
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
cp package-lock.json "$stamp"
