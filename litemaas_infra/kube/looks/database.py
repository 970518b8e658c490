"""Whether an existing server's administrator is where the settings say."""

from litemaas_infra import names
from litemaas_infra.clients.cluster import Cluster
from litemaas_infra.errors import ClusterRefused
from litemaas_infra.specs.database import Database


def problems(cluster: Cluster, namespace: str, database: Database) -> list[str]:
    """A Secret that is not there, may not be read, or lacks a key."""
    if database.kind != "existing" or database.admin_secret is None:
        return []
    where, name = names.placed(database.admin_secret, namespace)
    keys = (database.admin_user_key, database.admin_password_key)
    told = f"litemaas:database.adminSecret is {database.admin_secret}, and"
    try:
        values = cluster.secret(where, name)
    except ClusterRefused as error:
        return [f"{told} {error}"]
    if values is None:
        made = (
            f"{told} namespace {where} has no Secret of that name; kubectl create secret generic {name} "
            f"-n {where} --from-literal={keys[0]}=NAME --from-file={keys[1]}=FILE"
        )
        return [made]
    missing = [key for key in keys if not values.get(key)]
    lacking = (
        f"{told} that Secret lacks {' and '.join(missing)}; it has {', '.join(sorted(values)) or 'nothing'}: "
        "name its keys in litemaas:database.adminUserKey and adminPasswordKey"
    )
    return [lacking] if missing else []
