"""What every endpoint of the REST API has in common: lists, files, errors, and how the schema tells of them."""
