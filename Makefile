# The menu. `make` alone prints it.
.DEFAULT_GOAL := help
.PHONY: help preview test lint browser

help: ## Show this menu
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

preview: ## Build the site and serve it at http://127.0.0.1:4000, with working forms
	cargo run --quiet -- preview

test: ## Install what the tests need, and run every check that CI runs
	tests/all

lint: ## Format, clippy, documentation and licences, as CI does
	tests/lint

browser: ## Only the tests in Chromium
	tests/browser/run
