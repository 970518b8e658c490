"""The README's lines under a heading, run in the sandbox as a user types them."""

from tests.end_to_end.support import readme
from tests.end_to_end.support.commands import CHECKOUT
from tests.end_to_end.support.sandbox import inside

_END = "---- end of step ----"


def follow(heading: str) -> None:
    """Run them in one shell; they must print what the README says they do."""
    steps = readme.steps(CHECKOUT / "README.md", heading)
    assert {step.language for step in steps} == {"sh"}
    script = "".join(f"{step.lines}echo '{_END}'\n" for step in steps)
    printed = inside("sh", "-eu", stdin=script, timeout=600).succeeded().out.split(f"{_END}\n")
    for step, output in zip(steps, printed[:-1], strict=True):
        said = output.replace("\r", "")  # of a server's headers
        assert step.fits(said), f"{step.lines}printed\n{said}instead of\n{step.printed}"
