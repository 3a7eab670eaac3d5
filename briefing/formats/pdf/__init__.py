"""The PDF: HTML laid out by WeasyPrint, with nothing fetched and nothing left to the machine."""
