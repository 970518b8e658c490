"""Where a stack is deployed: the cluster, the namespace, and what keeps the data there."""

from collections.abc import Mapping

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_kubernetes.core.v1 import ServiceAccount

from litemaas_infra import names
from litemaas_infra.kube import objects
from litemaas_infra.kube.pods import Terms
from litemaas_infra.providers.protection import Protection, Seal
from litemaas_infra.specs.database import Database


class Place(pulumi.ComponentResource):
    """The namespace, and the provider everything in it is declared with.

    Objects that exist already are taken over, so that a stack whose state is lost finds its own again.
    With `protect` nothing here can be destroyed, and so nothing of the stack. Where the data outlives the
    stack, so does the namespace, with the Secrets that open it; so do they where a `former` deployment has
    data there.
    """

    namespace: kubernetes.core.v1.Namespace
    terms: Terms
    """What holds for every pod in it."""

    def __init__(
        self,
        name: str,
        *,
        namespace: str,
        context: str | None,
        terms: Terms,
        protect: bool,
        database: Database,
        former: bool,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("litemaas:index:Place", name, {}, opts)
        self._protected, self._where, self.terms = protect, namespace, terms
        mine = pulumi.ResourceOptions(parent=self, protect=protect)
        self._outlived = database.outlives or former
        protection = Protection(f"{name}-protectData", namespace=namespace, database=database, opts=mine)
        after = pulumi.ResourceOptions(parent=self, depends_on=[protection])
        self.kubernetes = _provider(f"{name}-cluster", context, after)
        self.namespace = kubernetes.core.v1.Namespace(
            f"{name}-namespace",
            metadata={"name": namespace, "labels": {names.PART_OF: names.PROJECT}},
            opts=pulumi.ResourceOptions(
                parent=self,
                provider=self.kubernetes,
                protect=protect,
                retain_on_delete=self._outlived,
            ),
        )
        self.register_outputs({})

    def account(self, parent: pulumi.Resource, app: str, labels: Mapping[str, str]) -> ServiceAccount:
        """An app's own account, which may do nothing and gets no token."""
        return ServiceAccount(
            f"{app}-account",
            metadata=objects.metadata(app, self._where, labels),
            automount_service_account_token=False,
            opts=self.inside(parent),
        )

    def inside(self, parent: pulumi.Resource, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """Options of a Kubernetes object in the namespace."""
        return pulumi.ResourceOptions(
            parent=parent, provider=self.kubernetes, depends_on=[self.namespace, *after]
        )

    def kept(self, parent: pulumi.Resource, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """The same for what holds data: protected where the stack's data is."""
        protected = pulumi.ResourceOptions(protect=self._protected)
        return pulumi.ResourceOptions.merge(self.inside(parent, *after), protected)

    def lasting(self, parent: pulumi.Resource, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """The same for what opens the data: left in the namespace where the data outlives the stack."""
        lasts = pulumi.ResourceOptions(retain_on_delete=self._outlived)
        return pulumi.ResourceOptions.merge(self.inside(parent, *after), lasts)

    def retained(self, parent: pulumi.Resource, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """The same for what a part that is turned off leaves behind; it ends with the namespace."""
        stays = pulumi.ResourceOptions(retain_on_delete=True)
        return pulumi.ResourceOptions.merge(self.inside(parent, *after), stays)

    def served(self, parent: pulumi.Resource, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """Options of something that lives in the namespace's services, and ends when the namespace does."""
        return pulumi.ResourceOptions(
            parent=parent, depends_on=[self.namespace, *after], deleted_with=self.namespace
        )

    def seal(self, *whole: pulumi.Resource) -> None:
        """Declare the end of the stack, once all else is declared: a protected stack keeps all of it."""
        last = pulumi.ResourceOptions(
            parent=self, depends_on=[self.namespace, *whole], protect=self._protected
        )
        Seal("protectData", opts=last)


def _provider(name: str, context: str | None, opts: pulumi.ResourceOptions) -> kubernetes.Provider:
    return kubernetes.Provider(
        name,
        context=context,
        # Another kubeconfig, or another way to log in, is no reason to replace everything.
        cluster_identifier=pulumi.get_stack(),
        enable_server_side_apply=True,
        enable_secret_mutable=True,
        # What is there already, and what others have changed by hand, is taken over.
        upsert_existing_objects=True,
        enable_patch_force=True,
        opts=opts,
    )
