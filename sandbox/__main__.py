"""The sandbox's command line: up, down, status, run, open, build, image."""

import argparse
import os
import signal
import sys
from typing import NoReturn

from rich.console import Console

from sandbox.artifacts import BuildError
from sandbox.cluster.errors import SandboxError
from sandbox.cluster.names import FLAVOURS
from sandbox.cluster.progress import Progress


def main() -> int:
    """Runs one command; its own errors are one message and exit code 1."""
    arguments = _parser().parse_args()
    _interruptible()
    if arguments.command is not _up and os.geteuid() != 0:  # `up` says this with all else it lacks
        sys.stderr.write("sandbox: the sandbox is root's; run this as root (sudo)\n")
        return 1
    try:
        return int(arguments.command(arguments))
    except (SandboxError, BuildError, OSError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("sandbox: interrupted\n")
        return 130


def _interruptible() -> None:
    """Ended from outside, a command cleans up as if interrupted at the keyboard; `nohup` still holds."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description=sys.modules["sandbox"].__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="start the sandbox; the first time, build all it is made of")
    up.add_argument(
        "--flavour", choices=FLAVOURS, default="aws", help="the platform to look like (default: aws)"
    )
    up.set_defaults(command=_up)
    down = commands.add_parser("down", help="end the sandbox; nothing is left but the cache")
    down.set_defaults(command=_down)
    status = commands.add_parser("status", help="say how the sandbox is; exit code 0 only when it is healthy")
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(command=_status)
    run = commands.add_parser(
        "run", help="run a command that sees the cluster, with kubectl, oc and pulumi set up"
    )
    run.add_argument("line", nargs=argparse.REMAINDER, metavar="CMD...")
    run.set_defaults(command=_run)
    open_ = commands.add_parser(
        "open", help="make the gateway's admin UI reachable from a browser on this machine"
    )
    open_.add_argument("--port", type=int, default=8080, help="local port (default: 8080)")
    open_.set_defaults(command=_open)
    build = commands.add_parser("build", help="build ahead all that `up`, `image` and tests may need")
    build.set_defaults(command=_build)
    image = commands.add_parser(
        "image", help="put LiteLLM of other versions into the running sandbox, built first where missing"
    )
    image.add_argument("name", choices=("litellm",))
    image.add_argument("versions", nargs="*", metavar="VERSION", help="1.74.7, for instance (default: all)")
    image.set_defaults(command=_image)
    return parser


# Each command imports what it needs when it is chosen: `run` must start at once.


def _up(arguments: argparse.Namespace) -> int:
    from sandbox.cluster.up import up

    up(arguments.flavour, Progress(Console()))
    return 0


def _down(_: argparse.Namespace) -> int:
    from sandbox.cluster.down import down
    from sandbox.cluster.lock import exclusively

    with exclusively():
        problems = down()
    sys.stderr.writelines(f"sandbox: could not remove: {problem}\n" for problem in problems)
    return 1 if problems else 0


def _status(arguments: argparse.Namespace) -> int:
    from sandbox.cluster.status import report

    return report(as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> NoReturn:
    from sandbox.cluster.run import run

    run(arguments.line[1:] if arguments.line[:1] == ["--"] else arguments.line)


def _open(arguments: argparse.Namespace) -> int:
    from sandbox.cluster.open import serve

    return serve(arguments.port)


def _build(_: argparse.Namespace) -> int:
    from sandbox.cluster.up import build

    build(Progress(Console()))
    return 0


def _image(arguments: argparse.Namespace) -> int:
    from sandbox.cluster.image import litellm

    litellm(arguments.versions, Progress(Console()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
