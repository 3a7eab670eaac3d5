"""The document in each format. Nothing here knows the schema, and no format knows another."""
