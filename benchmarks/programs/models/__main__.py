"""As many models as the benchmark asks for, on the deployment that is there."""

import os

from benchmarks.models import models
from litemaas_infra.providers.model import Model
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.model import ModelSpec

site = Site(os.environ["BENCHMARK_NAMESPACE"])
for fields in models(int(os.environ["BENCHMARK_MODELS"]), int(os.environ["BENCHMARK_RPM"])):
    Model(fields["model_name"], ModelSpec.model_validate({**fields, "discover": False}), site)
