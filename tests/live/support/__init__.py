"""What the live tests share."""
