#!/usr/bin/env bash
# Builds, tests and shows PgCloud on a machine with the .NET SDK; PowerShell is used where it is, and stood in for where it is not.
#
#   ./build.sh build            the module into bin/, and everything else
#   ./build.sh test             all suites: the engine, the cmdlets, the cmdlet host and, where there is a pwsh, Pester
#   ./build.sh pester           the Pester suite alone; needs a pwsh
#   ./build.sh demo [NAME]      examples/NAME.ps1, by default quickstart; ovh, ibm and clouds run against an emulator of those clouds' APIs
#   ./build.sh bench            the benchmarks
#   ./build.sh fault-matrix     runs the fault matrix and writes docs/fault-matrix.md
#   ./build.sh soak [--minutes N] [--seed N]  the chaos soak of both clouds, 10 minutes by default; writes docs/soak.md
#   ./build.sh clean            removes what was built
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1
configuration=Release

say() { printf '%s\n' "$*" >&2; }

# The PowerShell to use: one on PATH, else one from the .NET tool manifest for those whose registry has it. Empty where there is none.
find_pwsh() {
    local home wrapper=artifacts/tools/pwsh
    if command -v pwsh >/dev/null 2>&1; then
        command -v pwsh
    elif [ -x "$wrapper" ]; then
        echo "$PWD/$wrapper"
    elif dotnet tool restore >/dev/null 2>&1 && home=$(dotnet tool run pwsh -- -NoProfile -Command '$PSHOME' 2>/dev/null) && [ -n "$home" ]; then
        # Its process is dotnet: what starts further shells needs a program to start.
        mkdir -p artifacts/tools
        printf '#!/bin/sh\nexport PGCLOUD_PWSH="%s"\nexec dotnet "%s/pwsh.dll" "$@"\n' "$PWD/$wrapper" "$home" >"$wrapper"
        chmod +x "$wrapper"
        echo "$PWD/$wrapper"
    fi
}

# A PostgreSQL server to run instances with. On Debian and its kin one is installed where there is none and we may.
need_postgres() {
    if [ -n "${PGCLOUD_PG_BIN:-}" ] || command -v initdb >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        return
    fi
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        say 'No PostgreSQL server is installed: installing one.'
        # Only the programs are wanted, not a cluster that runs as a service.
        mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/pgcloud.conf
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    else
        say 'No PostgreSQL server is installed. Install one (Debian: apt-get install postgresql) or name its bin directory in PGCLOUD_PG_BIN.'
        exit 1
    fi
}

build_module() {
    dotnet publish src/PgCloud -c "$configuration" -r "$(runtime_id)" -p:PublishReadyToRun=true --self-contained false -v quiet -o bin
    dotnet publish src/PgCloud.Engine -c "$configuration" -r "$(runtime_id)" -p:PublishReadyToRun=true --self-contained false -v quiet -o bin/deps
    rm -f bin/*.pdb bin/deps/*.pdb bin/deps/*.runtimeconfig.json
    dotnet run --project src/PgCloud.HelpBuilder -c "$configuration" -v quiet -- \
        --assembly bin/PgCloud.dll --maml en-US --markdown docs/cmdlets
    # PowerShell looks for help beside the manifest.
    cp src/PgCloud/en-US/* en-US/
}

runtime_id() { dotnet --info | sed -n 's/^ *RID: *//p'; }

build() {
    build_module
    dotnet build PgCloud.slnx -c "$configuration" -v quiet
}

# The clouds' APIs on this machine, for the demos of those providers: the start line says where, and with which credentials.
start_emulator() {
    local line="$PGCLOUD_HOME/emulator.json"
    dotnet "artifacts/bin/PgCloud.Emulator/${configuration,,}/PgCloud.Emulator.dll" --speed 300 --until-signal >"$line" &
    emulator=$!
    until [ -s "$line" ]; do kill -0 "$emulator" && sleep 0.1; done
    fact() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$line"; }
    OVH_ENDPOINT=$(fact http) OVH_CLOUD_PROJECT_SERVICE=$(fact project)
    OVH_APPLICATION_KEY=$(fact applicationKey) OVH_APPLICATION_SECRET=$(fact applicationSecret) OVH_CONSUMER_KEY=$(fact consumerKey)
    export OVH_ENDPOINT OVH_CLOUD_PROJECT_SERVICE OVH_APPLICATION_KEY OVH_APPLICATION_SECRET OVH_CONSUMER_KEY
    IC_API_KEY=$(fact ibmApiKey) IBMCLOUD_IAM_API_ENDPOINT=$(fact ibmIam)
    IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT=$(fact ibmResourceController) IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT=$(fact ibmResourceManager)
    IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT=$(fact ibmGlobalCatalog) IBMCLOUD_GT_API_ENDPOINT=$(fact ibmTagging)
    IBMCLOUD_CONTEXT_BASED_RESTRICTIONS_ENDPOINT=$(fact ibmContextBasedRestrictions)
    export IC_API_KEY IBMCLOUD_IAM_API_ENDPOINT IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT
    export IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT IBMCLOUD_GT_API_ENDPOINT IBMCLOUD_CONTEXT_BASED_RESTRICTIONS_ENDPOINT
}

run_script() {
    if [ -n "$pwsh" ]; then
        "$pwsh" -NoProfile -File "$@"
    else
        dotnet run --project tests/PgCloud.CmdletHost -c "$configuration" --no-build -- "$@"
    fi
}

# A demo that was broken off may leave its server: it is asked to shut down by the id that it wrote itself.
end_demo() {
    local file id
    if [ -n "${emulator:-}" ]; then
        kill "$emulator" 2>/dev/null && wait "$emulator"
    fi
    for file in "$PGCLOUD_HOME"/*/data/postmaster.pid; do
        [ -f "$file" ] || continue
        id=$(head -n 1 "$file")
        kill -INT "$id" 2>/dev/null || continue
        while kill -0 "$id" 2>/dev/null; do sleep 0.1; done
    done
    rm -rf "$PGCLOUD_HOME"
}

demo() {
    local script="examples/${1:-quickstart}.ps1" pwsh
    [ -f "$script" ] || { say "There is no $script."; exit 1; }
    need_postgres
    [ -f bin/PgCloud.dll ] || build
    pwsh=$(find_pwsh)
    # The demo keeps its instance apart from the user's own.
    PGCLOUD_HOME=$(mktemp -d)
    export PGCLOUD_HOME
    chmod 755 "$PGCLOUD_HOME"
    trap end_demo EXIT
    [ -n "$pwsh" ] || say 'There is no pwsh here: the demo runs on the cmdlet host, a stand-in for PowerShell.'
    case "${1:-}" in
        ovh | ibm) start_emulator && run_script "$script" ;;
        clouds)
            # It has a parameter and statements, which the stand-in does not know.
            [ -n "$pwsh" ] || { say 'examples/clouds.ps1 needs PowerShell itself.'; exit 1; }
            start_emulator
            for provider in Local Ovh Ibm; do
                say "--- $provider"
                run_script "$script" "$provider"
            done
            ;;
        *) run_script "$script" ;;
    esac
}

# A test run checks the same cells and leaves the document alone.
fault_matrix() {
    need_postgres
    dotnet build tests/PgCloud.Engine.Tests -c "$configuration" -v quiet
    PGCLOUD_FAULT_MATRIX="$PWD/docs/fault-matrix.md" dotnet test tests/PgCloud.Engine.Tests -c "$configuration" --no-build \
        --filter FullyQualifiedName~FaultMatrixTests.Every_cell
}

# Its options are the script's, written as here.
soak() {
    local pwsh
    need_postgres
    pwsh=$(find_pwsh)
    [ -n "$pwsh" ] || { say 'The soak needs PowerShell itself.'; exit 1; }
    [ -f bin/PgCloud.dll ] || build
    exec "$pwsh" -NoProfile -NonInteractive -File tests/Soak/Soak.ps1 -DocumentPath "$PWD/docs/soak.md" "${@/#--/-}"
}

task=${1:-help}
[ $# -gt 0 ] && shift
[ "${1:-}" = -- ] && shift
case "$task" in
    build) build ;;
    test) need_postgres && exec tests/run-all.sh "$@" ;;
    pester) exec tests/run-pester.sh "$@" ;;
    demo) demo "$@" ;;
    bench) build && exec dotnet run --project tests/PgCloud.Benchmarks -c "$configuration" --no-build -- "$@" ;;
    fault-matrix) fault_matrix ;;
    soak) soak "$@" ;;
    which-pwsh) find_pwsh ;;
    clean) rm -rf bin en-US artifacts ;;
    *) sed -n '2,/^set/p' "$0" | sed -n 's/^# \{0,1\}//p'; [ "$task" = help ] ;;
esac
