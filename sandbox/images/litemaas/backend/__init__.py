"""In the place of LiteMaaS's backend: its variables, its first sync, and the API that lists models."""
