# Sourced by the commands in bin/: starts a module of tools/ with the system's Python.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

run_tool() {
    local module=$1
    shift
    if ! [ -x /usr/bin/python3 ]; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            echo "${0##*/}: ask an administrator to run: apt-get install python3 python3-venv" >&2
            exit 1
        fi
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            python3 python3-venv; } >/dev/null
    fi
    PYTHONDONTWRITEBYTECODE=1 TOOL_NAME=${0##*/} exec /usr/bin/python3 "$root/tools/launcher/tool" "$module" "$@"
}
