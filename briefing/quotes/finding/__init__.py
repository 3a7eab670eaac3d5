"""Direct quotations in a saved article, by rule from the text itself, and who is stated to have said them: `docs/quotes.md`."""
