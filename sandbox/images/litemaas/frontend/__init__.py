"""In the place of LiteMaaS's frontend: a page, and /api passed on to the backend."""
