"""Light Markdown and sentences: what was typed, as markup, as plain text, with the place of every sign."""
