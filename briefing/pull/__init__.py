"""Bringing the edits of a Word document home into the data file: between the data as built, the data now and the document as edited."""
