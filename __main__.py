"""LiteMaaS on OpenShift: read the settings, look at the cluster, declare what belongs there."""

import pulumi

from litemaas_infra import kube, settings
from litemaas_infra.components import Catalogue, Credentials, Gateway, Place, Postgres, access
from litemaas_infra.errors import LiteMaaSError
from litemaas_infra.providers.site import Site

try:
    wanted = settings.load()
    kube.check(wanted.context, wanted.namespace, kube.Volume(wanted.storage_class, wanted.storage_size))
except LiteMaaSError as error:
    raise pulumi.RunError(str(error)) from None

site = Site(wanted.namespace, wanted.context, wanted.gateway_url, wanted.database_address, wanted.verify_tls)
place = Place("litemaas", namespace=site.namespace, context=site.context, protect=wanted.protect_data)
credentials = Credentials("credentials", place=place, site=site)
postgres = Postgres(
    "postgres",
    place=place,
    site=site,
    image=wanted.postgres_image,
    volume=kube.Volume(wanted.storage_class, wanted.storage_size),
    secrets=credentials.secrets,
)
gateway = Gateway(
    "litellm",
    place=place,
    namespace=site.namespace,
    image=wanted.gateway_image,
    postgres_image=wanted.postgres_image,
    after=[*postgres.databases, *credentials.secrets],
)
catalogue = Catalogue("models", place=place, site=site, models=wanted.models, after=gateway.ready)
place.seal(credentials, postgres, gateway, catalogue)

for name, value in access(site.namespace, gateway.url).items():
    pulumi.export(name, value)
pulumi.export("models", catalogue.ids)
