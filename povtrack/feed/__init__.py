"""What changed, in the order of commits, for those who keep a copy: noted by the database itself."""
