"""The provider's memory is found among the processes that a command starts."""

import subprocess
import sys
from pathlib import Path

from benchmarks.memory import PROVIDER, ProviderMemory


def run(script: Path) -> float:
    starter = "import subprocess, sys; subprocess.run([sys.executable, sys.argv[1]])"
    with (
        subprocess.Popen([sys.executable, "-c", starter, str(script)]) as process,
        ProviderMemory(process.pid) as seen,
    ):
        process.wait(20)
    return seen.peak_mib


def script(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text("import time; held = b'x' * 2**26; del held; time.sleep(1)")
    return file


def test_the_peak_is_what_a_provider_held_at_most(tmp_path: Path) -> None:
    assert 64 < run(script(tmp_path, PROVIDER.decode())) < 128


def test_other_processes_do_not_count(tmp_path: Path) -> None:
    assert run(script(tmp_path, "something-else")) == 0
