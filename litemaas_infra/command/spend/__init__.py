"""`litemaas spend`: what was spent, in all, by keys, by teams, by models and by days."""

from litemaas_infra.command.spend.command import spend

__all__ = ["spend"]
