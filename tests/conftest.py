"""What holds for every test."""

import signal

from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("litemaas", deadline=None)
settings.load_profile("litemaas")

# Ended from outside, tests end what they started, as if interrupted at the keyboard.
signal.signal(signal.SIGTERM, signal.default_int_handler)
