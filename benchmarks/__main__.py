"""The command line: what to measure, and where to write it."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine, report
from benchmarks.deployment import Deployment
from benchmarks.samples import WAYS, Results, Sample, load
from benchmarks.series import best_concurrency, measured

FOLDER = Path(__file__).parent


def main() -> int:
    """Measures and writes the report, or only writes it again from the last results."""
    arguments = _parser().parse_args()
    file = arguments.output / "results.json"
    if not arguments.again:
        _measure(arguments, file)
    report.write(load(file), arguments.output, arguments.readme)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=sys.modules["benchmarks"].__doc__)
    parser.add_argument("--sizes", type=_numbers, default=[1, 10, 50, 100, 500], help="numbers of models")
    parser.add_argument("--ways", type=_names, default=list(WAYS), help=f"of {', '.join(WAYS)}")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions of small numbers of models")
    parser.add_argument("--concurrency", type=int, help="parallel requests of the floor; the best unless set")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder of results and plot")
    parser.add_argument("--readme", type=Path, help="README to write the section of")
    parser.add_argument("--again", action="store_true", help="only write the report of the last results")
    return parser


def _measure(arguments: argparse.Namespace, file: Path) -> None:
    """What is measured is kept at once: nothing is lost with a run that is interrupted."""
    deployment = Deployment.of("litemaas")
    tried = {} if arguments.concurrency else best_concurrency(deployment, 50)
    best = arguments.concurrency or int(min(tried, key=lambda number: tried[number]))
    samples = measured(deployment, arguments.ways, arguments.sizes, arguments.repeat, best)
    date = datetime.now(UTC).date().isoformat()
    results = Results(date, machine.description(), tried, [])
    for sample in _shown(samples):
        results.samples.append(sample)
        results.save(file)


def _shown(samples: Iterable[Sample]) -> Iterator[Sample]:
    for sample in samples:
        line = f"{sample.way:8} {sample.operation:9} {sample.models:4} {sample.seconds:8.2f} s"
        sys.stdout.write(f"{line}  load {sample.load:.1f}  {sample.provider_mib or 0:.0f} MiB\n")
        sys.stdout.flush()
        yield sample


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := set(chosen) - set(WAYS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(WAYS)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
