"""Everything that can go wrong, as a tree.

LiteMaaSError
 ├─ SettingsError              a setting is wrong; nothing was touched
 ├─ ClusterError
 │   ├─ ClusterUnreachable     the Kubernetes API does not answer
 │   ├─ ClusterRefused         it answers, but not to us
 │   ├─ ClusterMismatch        the cluster lacks what the stack asks for
 │   ├─ NotInCluster           an object that must be there is not
 │   │   └─ ServerNotInCluster it is the stack's own database server
 │   └─ RolloutFailed          pods cannot become ready, or did not in time
 ├─ GatewayError
 │   ├─ GatewayUnreachable     LiteLLM does not answer
 │   ├─ GatewayUnauthorized    LiteLLM does not accept our master key
 │   ├─ GatewayRefused         LiteLLM answered, and refused
 │   ├─ ModelCollision         the model's name is taken by a model made elsewhere
 │   ├─ ModelUnproven          the gateway has the model, and no answer comes of it
 │   └─ ModelUnserved          the gateway has saved the model, and does not serve it
 ├─ EndpointError
 │   ├─ EndpointRefused        a model's endpoint does not serve it, or not to us
 │   └─ EndpointUnseen         it cannot be asked from here
 ├─ DatabaseError
 │   ├─ DatabaseUnreachable    PostgreSQL does not answer
 │   ├─ DatabaseUnauthorized   PostgreSQL does not accept our password
 │   └─ DatabaseRefused        PostgreSQL answered, and refused
 └─ DataProtected              the change would lose data

A message names the thing, what is wrong with it, and what mends it. No message holds a secret.
"""


class LiteMaaSError(Exception):
    """Anything this project reports to its user."""


class SettingsError(LiteMaaSError):
    """One or more settings are wrong; all of them are named."""


class ClusterError(LiteMaaSError):
    """Something about the Kubernetes cluster."""


class ClusterUnreachable(ClusterError):
    """The Kubernetes API does not answer."""


class ClusterRefused(ClusterError):
    """The Kubernetes API does not let us."""


class ClusterMismatch(ClusterError):
    """The cluster is not what the stack's settings say it is."""


class NotInCluster(ClusterError):
    """An object, or a key of it, that must be in the cluster is not."""


class ServerNotInCluster(NotInCluster):
    """The stack's own database server is not there, with its data or without, until `pulumi up` makes it."""


class RolloutFailed(ClusterError):
    """A workload's pods cannot become ready, or did not in time; the pods' own reasons are named."""


class GatewayError(LiteMaaSError):
    """Something about the LiteLLM gateway."""


class GatewayUnreachable(GatewayError):
    """The gateway does not answer, or not as LiteLLM does."""


class GatewayUnauthorized(GatewayError):
    """The gateway does not accept the master key."""


class GatewayRefused(GatewayError):
    """The gateway answered that it will not do what was asked."""


class ModelCollision(GatewayError):
    """A model of this name was made elsewhere, in the UI for instance."""


class ModelUnproven(GatewayError):
    """The gateway has the model, and no answer comes of it."""


class ModelUnserved(GatewayError):
    """The gateway, or a replica of it, has saved the model and does not serve it."""


class EndpointError(LiteMaaSError):
    """Something about a model's endpoint."""


class EndpointRefused(EndpointError):
    """The endpoint does not serve the model, or does not accept its key."""


class EndpointUnseen(EndpointError):
    """The endpoint cannot be asked from here."""


class DatabaseError(LiteMaaSError):
    """Something about PostgreSQL."""


class DatabaseUnreachable(DatabaseError):
    """PostgreSQL does not answer."""


class DatabaseUntrusted(DatabaseUnreachable):
    """PostgreSQL and this stack do not agree on TLS."""


class DatabaseUnauthorized(DatabaseError):
    """PostgreSQL does not accept the user or its password."""


class DatabaseRefused(DatabaseError):
    """PostgreSQL answered that it will not do what was asked."""


class DataProtected(LiteMaaSError):
    """Going on would lose data."""
