"""Rollouts: whether a workload's pods are as declared, what they wait for, and why they never will be."""

from litemaas_infra.clients.rollout.again import try_again
from litemaas_infra.clients.rollout.ending import hasten
from litemaas_infra.clients.rollout.waiting import Say, wait
from litemaas_infra.clients.rollout.workload import Workload, find, revision, unfinished

__all__ = ["Say", "Workload", "find", "hasten", "revision", "try_again", "unfinished", "wait"]
