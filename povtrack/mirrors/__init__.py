"""The feed of changes for those who keep a copy: read in scope, with what stands now."""
