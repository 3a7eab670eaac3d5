"""Themes: a look as data, and the templates that set a document in it."""
