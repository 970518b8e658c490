"""Whether an object has become what was declared, what it still waits for, and why it never will."""
