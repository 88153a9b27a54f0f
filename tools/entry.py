"""How every command of bin/ starts: as whom, and how it says no."""

import os
import signal
import sys

from . import system
from .common import ROOT, Refusal, become_user, is_root, run_user


def entry(main):
    """Run a command's main function; a refusal becomes one sentence on stderr and exit code 1."""
    os.umask(0o022)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = os.environ.get("TOOL_NAME", "tools")
    try:
        leave_root_to_owner()
        sys.exit(main(sys.argv[1:]))
    except Refusal as refusal:
        print(f"{name}: {refusal}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        # No permission, no space: what a person has to settle as well.
        print(f"{name}: {error.strerror}: {error.filename}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def leave_root_to_owner():
    """Root in somebody's checkout installs what only root can, then goes on as that person."""
    if is_root() and run_user().pw_uid == ROOT.stat().st_uid != 0:
        system.install_packages()
        become_user()
        os.environ["HOME"] = run_user().pw_dir
