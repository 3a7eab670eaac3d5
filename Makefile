# Short names for the scripts. `make test` is what continuous integration runs.
.PHONY: audit mutants pictures gallery houses example test lock goldens reference fresh clean

example: ## Install what building needs and build the example
	sh .ci/example

test: ## Install what the tests need and run them
	sh .ci/test

lock: ## Write requirements/*.txt again from pyproject.toml (NAMES="a b" raises those, NAMES=--all everything)
	sh .ci/lock $(NAMES)

goldens: ## Write the expected trees again; read the difference before you commit it
	.venv/bin/python -m tools.goldens

reference: ## Write the generated files again: the JSON Schema, the references in docs/
	.venv/bin/python -m tools.reference_pages

pictures: ## Draw the pictures in README.md and docs/ again, from the examples' real output
	.venv/bin/python -m tools.pictures

gallery: ## Draw every theme and both sample houses in every format into docs/pictures/gallery/, and write docs/gallery.md
	.venv/bin/python -m tools.gallery

houses: ## Make the sample houses in examples/houses/ again, by the command that made them
	.venv/bin/python -m tools.houses

mutants: ## Change the code in small ways and see whether the tests notice (about half an hour)
	sh .ci/mutants

audit: ## Hold the dependencies' licences to those that are accepted, and look the versions up among known advisories
	sh .ci/audit

fresh: ## Run the README's two commands in a bare Debian 12 and a bare Debian 13, or in SUITE (needs root)
	sh .ci/fresh $(SUITE)

clean: ## Remove what can be made again
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/validators/node_modules examples/*/out examples/*/*/out dist build
