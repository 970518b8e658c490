"""The `litemaas` command: what people do day by day with a deployment, beside declaring it."""
