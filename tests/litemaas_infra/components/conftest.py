import pytest

from tests.litemaas_infra.support.certificates import self_signed
from tests.litemaas_infra.support.models import GRANITE
from tests.litemaas_infra.support.program import Program, run

MISTRAL = {**GRANITE, "model_name": "mistral", "api_key": "sk-of-mistral"}


@pytest.fixture(scope="session")
def program() -> Program:
    """The program as the aws stack has it, with two models."""
    return run(storageClass="gp3-csi", models=[GRANITE, MISTRAL])


@pytest.fixture(scope="session")
def protected() -> Program:
    """The same with the data protected."""
    return run(storageClass="gp3-csi", models=[GRANITE, MISTRAL], protectData="true")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Some certificate, in PEM."""
    return self_signed(tmp_path_factory.mktemp("certificate")).certificate
