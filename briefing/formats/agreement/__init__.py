"""What the readers of all formats share: what a finished file must say, and where it does not."""
