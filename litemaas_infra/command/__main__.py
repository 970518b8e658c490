"""`python -m litemaas_infra.command`, which the script `litemaas` runs."""

from litemaas_infra.command.program import litemaas

litemaas(prog_name="litemaas")
