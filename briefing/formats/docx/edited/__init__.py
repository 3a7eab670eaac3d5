"""Reading a DOCX that somebody has worked on, and the base that a built one carries for it to be held against."""
