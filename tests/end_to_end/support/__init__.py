"""What the end-to-end tests see a deployment with: the commands that its users have."""
