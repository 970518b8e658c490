"""Whether an object has become what was declared, and what it still waits for."""
