"""As many resources that do nothing as the benchmark asks for."""

import os

from benchmarks.models import models
from benchmarks.nothing import Nothing

for fields in models(int(os.environ["BENCHMARK_MODELS"]), int(os.environ["BENCHMARK_RPM"])):
    Nothing(fields["model_name"], fields)
