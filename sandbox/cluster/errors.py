"""What the sandbox's command reports instead of a stack trace."""


class SandboxError(Exception):
    """Something the user should read: the message names the cause and the remedy."""
