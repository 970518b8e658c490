"""Copies of both databases, made by a CronJob, and a Job that fills empty databases from one."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob, CronJobSpecArgs, JobSpecArgs, JobTemplateSpecArgs
from pulumi_kubernetes.core.v1 import (
    ConfigMap,
    PersistentVolumeClaim,
    PersistentVolumeClaimSpecArgs,
    PodTemplateSpecArgs,
    VolumeResourceRequirementsArgs,
)

from litemaas_infra import names
from litemaas_infra.components import job
from litemaas_infra.components.backup import pod
from litemaas_infra.components.place import Place
from litemaas_infra.kube import Volume, objects, pods
from litemaas_infra.providers.site import Site
from litemaas_infra.specs.shape import Shape

_LABELS: Final = names.labels(names.BACKUP, "backup")
_OF_RESTORE: Final = names.labels(names.RESTORE, "backup")
_TRIES: Final = 2


class Backups(pulumi.ComponentResource):
    """A CronJob and, for a store of the namespace's own, its volume; `restored` once databases are filled.

    What is restored is so before the gateway's tables are made. The Job's name follows from the backup and
    the database that it fills: the next database that is empty is filled again, for as long as it is asked.
    """

    restored: Sequence[pulumi.Resource]

    def __init__(
        self,
        name: str,
        *,
        place: Place,
        site: Site,
        images: pod.Images,
        volume: Volume | None,
        shape: Shape,
        token: pulumi.Output[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Backups", name, {}, opts)
        self._name, self._place, self._site, self._images = name, place, site, images
        self._shape = shape
        there = [self._scripts(), *([self._claim(volume)] if volume else [])]
        account = place.account(self, names.BACKUP, _LABELS)
        CronJob(
            f"{name}-cronjob",
            metadata=objects.metadata(names.BACKUP, site.namespace, _LABELS),
            spec=self._cron_job(),
            opts=place.inside(self, account, *there),
        )
        self.restored = [self._restore(token, [*there, *after])] if shape.backup.restore else []
        self.register_outputs({})

    def _scripts(self) -> ConfigMap:
        return ConfigMap(
            f"{self._name}-scripts",
            metadata=objects.metadata(names.BACKUP, self._site.namespace, _LABELS),
            data=pod.scripts(self._shape.backup),
            opts=self._place.inside(self),
        )

    def _claim(self, volume: Volume) -> PersistentVolumeClaim:
        return PersistentVolumeClaim(
            f"{self._name}-volume",
            metadata=objects.ready_later(names.BACKUP, self._site.namespace, _LABELS),
            spec=PersistentVolumeClaimSpecArgs(
                access_modes=["ReadWriteOnce"],
                storage_class_name=volume.storage_class,
                resources=VolumeResourceRequirementsArgs(requests={"storage": volume.size}),
            ),
            opts=self._place.kept(self),
        )

    def _cron_job(self) -> CronJobSpecArgs:
        copies = self._template(_LABELS, "dump.sh", "store.py", KEEP=str(self._shape.backup.keep))
        return CronJobSpecArgs(
            schedule=self._shape.backup.schedule,
            time_zone="Etc/UTC",
            concurrency_policy="Forbid",
            starting_deadline_seconds=3600,
            job_template=JobTemplateSpecArgs(spec=JobSpecArgs(template=copies, backoff_limit=_TRIES)),
        )

    def _template(self, labels: Mapping[str, str], *scripts: str, **said: str) -> PodTemplateSpecArgs:
        *before, last = pod.steps(self._images, self._shape, *scripts, **said)
        return pods.template(
            labels,
            last,
            pod.volumes(self._shape),
            account=labels["app"],
            terms=self._place.terms,
            before=before,
            again=True,
        )

    def _restore(self, token: pulumi.Output[str], after: Sequence[pulumi.Resource]) -> pulumi.Resource:
        called = token.apply(lambda made: f"{names.RESTORE}-{self._digest(made)}")
        wanted = str(self._shape.backup.restore)
        return job.run(
            self,
            f"{self._name}-restore",
            f"{self._name}-restored",
            *after,
            place=self._place,
            site=self._site,
            labels=_OF_RESTORE,
            called=called,
            template=self._template(_OF_RESTORE, "fetch.py", "restore.sh", RESTORE=wanted),
        )

    def _digest(self, token: str) -> str:
        there = (self._shape.database.place, self._shape.chat.enabled, token, self._place.terms)
        whole = repr((self._shape.backup, self._images, pod.SCRIPTS, *there))
        return hashlib.sha256(whole.encode()).hexdigest()[:8]
