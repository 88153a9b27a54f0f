#!/usr/bin/env bash
# Prints the name of the newest backup.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"
list_backups | tail -n 1
