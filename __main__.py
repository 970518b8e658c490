"""LiteMaaS on Kubernetes: read the settings, look at the cluster, declare what belongs there."""

import pulumi

from litemaas_infra import kube, settings
from litemaas_infra.components import (
    Backups,
    Catalogue,
    Chat,
    Configuration,
    Credentials,
    Databases,
    EndpointCredentials,
    Former,
    Gateway,
    Images,
    Keys,
    Monitoring,
    People,
    Place,
    Portal,
    Redis,
    Traffic,
    access,
    expose,
)
from litemaas_infra.errors import LiteMaaSError
from litemaas_infra.kube import pods
from litemaas_infra.providers.rows import RowsInStep
from litemaas_infra.providers.site import Site

try:
    wanted, config = settings.load()
    ground = kube.check(wanted.context, wanted.of_cluster)
except LiteMaaSError as error:
    raise pulumi.RunError(str(error)) from None

site = Site(
    wanted.namespace,
    wanted.context,
    wanted.gateway_url,
    wanted.database_address,
    wanted.verify_tls,
    wanted.backend.kind != "none",
    wanted.database.place,
)
place = Place(
    "litemaas",
    namespace=site.namespace,
    context=site.context,
    terms=pods.Terms(ground.user, wanted.pull_secrets),
    protect=wanted.protect_data,
    database=wanted.database,
    former=wanted.takeover.wanted,
)
traffic = Traffic(
    "traffic",
    place=place,
    namespace=site.namespace,
    shape=ground.shape,
)
credentials = Credentials(
    "credentials",
    place=place,
    site=site,
    database=wanted.database,
    chat=wanted.chat.enabled,
)
databases = Databases(
    "databases",
    place=place,
    site=site,
    settings=wanted.database,
    image=wanted.postgres_image,
    volume=ground.volume,
    secrets=credentials.secrets,
    checksum=credentials.database_checksum,
    chat=credentials.chat,
)
filled = databases.ready
if wanted.backup.made:
    backups = Backups(
        "backup",
        place=place,
        site=site,
        images=Images(wanted.postgres_image, wanted.gateway_image),
        volume=ground.backups_volume,
        shape=ground.shape,
        token=databases.gateway,
        after=filled,
    )
    filled = [*filled, *backups.restored]
if wanted.takeover.wanted:
    former = Former(
        "takeover",
        place=place,
        site=site,
        image=wanted.postgres_image,
        shape=ground.shape,
        token=databases.gateway,
        after=filled,
    )
    filled = [*filled, *former.ready]
configuration = Configuration(
    "configuration",
    place=place,
    namespace=site.namespace,
    text=config.text,
    api_keys=wanted.api_keys,
    salt=credentials.salt_key,
    database=credentials.database_checksum,
)
redis = Redis("redis", place=place, site=site, settings=wanted.redis, salt=credentials.salt_key)
gateway = Gateway(
    "litellm",
    place=place,
    site=site,
    image=wanted.gateway_image,
    postgres_image=wanted.postgres_image,
    configuration=configuration,
    redis=redis,
    shape=ground.shape,
    token=databases.gateway,
    after=[*filled, *credentials.secrets],
)
exposed = expose(
    "exposure",
    place=place,
    namespace=site.namespace,
    exposure=ground.shape.exposure,
    domain=ground.apps_domain,
    authority=gateway.authority,
    after=gateway.ready,
)
ready = [*gateway.ready, *exposed.ready]
opening = EndpointCredentials(
    "endpoint-credentials",
    place=place,
    site=site,
    credentials=wanted.credentials,
    after=ready,
)
catalogue = Catalogue(
    "models",
    place=place,
    site=site,
    models=wanted.models,
    credentials=opening.made,
    after=ready,
)
people = People(
    "people",
    place=place,
    site=site,
    teams=wanted.teams,
    users=wanted.users,
    budgets=wanted.budgets,
    after=catalogue.ready,
)
keys = Keys(
    "keys",
    place=place,
    site=site,
    keys=wanted.keys,
    people=people,
    address=exposed.url,
    after=[*catalogue.ready, *people.members],
)
if wanted.rows.sync:
    declared = [model.model_name for model in wanted.models]
    in_step = place.served(catalogue, *catalogue.ready)
    RowsInStep(site=site, declared=declared, settings=wanted.rows, opts=in_step)
if wanted.monitoring.enabled:
    Monitoring("monitoring", place=place, site=site, shape=ground.shape, after=catalogue.ready)
parts: list[Portal | Chat] = []
if ground.shape.backend.enabled:
    portal = Portal(
        "portal",
        place=place,
        site=site,
        ground=ground,
        gateway=exposed,
        postgres_image=wanted.postgres_image,
        checksum=credentials.database_checksum,
        after=catalogue.ready,
    )
    parts.append(portal)
if credentials.chat is not None and ground.chat_volume:
    chat = Chat(
        "chat",
        place=place,
        site=site,
        ground=ground,
        volume=ground.chat_volume,
        postgres_image=wanted.postgres_image,
        checksum=credentials.chat,
        after=catalogue.ready,
    )
    parts.append(chat)
whole = [traffic, credentials, databases, redis, gateway, opening, catalogue, people, keys, *parts]
place.seal(*whole, *ready)

told = {name: value for part in parts for name, value in part.outputs.items()}
for name, value in access(site.namespace, exposed, told).items():
    pulumi.export(name, value)
pulumi.export("models", catalogue.ids)
