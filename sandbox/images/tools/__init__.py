"""What every image is built with: commands, Debian packages, Python packages, layers, archives."""

from pathlib import Path

TOOLS = Path(__file__).parent
"""An input of every artifact built here: a change of the builder is a change of what it builds."""
