# Sourced by the commands in bin/: starts a module of tools/ with the system's Python.
run_tool() {
    if ! [ -x /usr/bin/python3 ]; then
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3 python3-venv; } >/dev/null
    fi
    tool=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launcher/tool
    PYTHONDONTWRITEBYTECODE=1 TOOL_NAME=${0##*/} exec /usr/bin/python3 "$tool" "$@"
}
