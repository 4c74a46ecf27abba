# The menu. `make` alone prints it.
.DEFAULT_GOAL := help
.PHONY: help preview test lint browser screenshots bench bench-search bench-publish package deploy removal-drill

help: ## Show this menu
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

preview: ## Build the site and serve it at http://127.0.0.1:4000, with working forms
	cargo run --locked -- preview

test: ## Install what the tests need, and run every check that CI runs
	tests/in-memory tests/all

lint: ## Format, clippy, documentation and licences, as CI does
	tests/lint

browser: ## Only the tests in Chromium
	tests/browser/run

screenshots: ## Every kind of page and state at three widths, dark and printed, into var/screenshots/
	tests/browser/install
	tests/build
	node tests/browser/screenshots.mjs

bench: ## Measure the function, the search and the publisher beside their budgets; reports go to var/
	tests/bench/run

bench-search: ## Measure the search beside Pagefind on sample sites; the report goes to var/bench-search.md
	tests/bench/search

package: ## Build the function for Lambda into target/package/submit-fn.zip; ARCH=arm64 for Graviton
	infra/package $(or $(ARCH),x86_64)

deploy: ## Deploy the packaged function and everything else as one stack; infra/README.md tells what it asks for
	infra/assemble
	sam deploy --guided --config-file $(CURDIR)/infra/samconfig.toml --region us-east-1 --template target/package/template.yaml --stack-name inside-out --capabilities CAPABILITY_IAM --resolve-s3

removal-drill: ## Take somebody down on an emulator, and measure each step against the promise
	tests/publish/run drill

bench-publish: ## Requests and bytes of publishing, next to aws s3 sync and hugo deploy
	tests/publish/run bench
