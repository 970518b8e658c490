"""Quantities in the API server's own spelling."""

import pytest

from sandbox.engine.kubernetes.quantities import canonical, canonical_amounts


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("0.5", "500m"),
        (0.5, "500m"),
        ("500m", "500m"),
        ("1000m", "1"),
        (1, "1"),
        ("1.5", "1500m"),
        ("0", "0"),
        ("1024Mi", "1Gi"),
        ("1.5Gi", "1536Mi"),
        ("0.5Gi", "512Mi"),
        ("65536Ki", "64Mi"),
        ("1000", "1k"),
        ("1500", "1500"),
        ("128974848", "128974848"),
        ("1000000", "1M"),
        ("0.1Mi", "104857600m"),
        ("10Gi", "10Gi"),
        ("100u", "100u"),
        ("-1000m", "-1"),
    ],
)
def test_equal_quantities_are_spelt_alike(written: str | float, stored: str) -> None:
    assert canonical(written) == stored


@pytest.mark.parametrize("value", ["12e6", "lots", "", True, None])
def test_what_is_no_usual_quantity_stays_as_it_is(value: object) -> None:
    assert canonical(value) is value


def test_amounts_are_found_wherever_they_stand() -> None:
    pod = {
        "containers": [{"resources": {"requests": {"cpu": "0.5"}, "limits": {"memory": "1024Mi"}}}],
        "volumes": [{"emptyDir": {"sizeLimit": "1024Ki"}}],
    }
    assert canonical_amounts(pod) == {
        "containers": [{"resources": {"requests": {"cpu": "500m"}, "limits": {"memory": "1Gi"}}}],
        "volumes": [{"emptyDir": {"sizeLimit": "1Mi"}}],
    }


def test_other_numbers_are_left_alone() -> None:
    assert canonical_amounts({"env": [{"value": "1000"}], "port": 8000}) == {
        "env": [{"value": "1000"}],
        "port": 8000,
    }
