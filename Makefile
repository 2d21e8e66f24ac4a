# What can be done here. A target with a description sets up first what is missing; `test` does so for its checks.
LINTERS := mypy checkov cfn-lint sam-validate lint-imports ruff-format ruff-check spectral redocly web
.PHONY: bench run sam-local lambda-image test build reset openapi setup checks packages pytest containers $(LINTERS)
.DEFAULT_GOAL := run
# where Python is told to keep no compiled modules, the emulator compiles itself at every start: half of a start's work
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
SAM := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 .local/tools/sam/bin/sam

NODE_BIN := tests/clients/node_modules/.bin
CLIENTS := tests/clients/node_modules/.package-lock.json

define stage
@printf '\n== %s\n' '$(1)'
@$(2)
endef

# the same for what runs beside others: what it says is shown when it is over, and not mixed with theirs
define check
@said=$$($(2) 2>&1); status=$$?; printf '\n== %s\n%s\n' '$(1)' "$$said"; exit $$status
endef

run: setup ## starts everything in the foreground, on PORT (3000)
	@exec $(BIN)/python -m local run --until-parent-ends

sam-local: setup ## the same with each function in a container of Docker's, as Lambda would run it
	@exec $(BIN)/python -m local sam-local --until-parent-ends

TOGETHER := $(MAKE) --no-print-directory --keep-going --jobs
test: ## every check; the exit status says whether all passed
	@$(TOGETHER) 3 checks $(CLIENTS) packages
	@$(TOGETHER) 2 $(LINTERS)
# one by one on a running Docker: its containers change this machine's network, and browsers drop requests when that happens
	@$(TOGETHER) $$(docker version >/dev/null 2>&1 && echo 1 || echo 2) pytest containers

pytest: ; $(call stage,pytest,$(BIN)/pytest --cov --numprocesses auto --durations 10)
# waits for Docker two thirds of its time
containers: ; $(call check,sam local,sh tests/e2e/with-docker.sh sh tests/e2e/sam-local.sh)

mypy: ; $(call check,mypy,$(BIN)/mypy)
checkov: ; $(call check,checkov,sh tests/template/checkov.sh)
cfn-lint: ; $(call check,cfn-lint,$(BIN)/cfn-lint --config-file .cfn-lint.yaml)
sam-validate: ; $(call check,sam validate,$(SAM) validate --lint --template-file template.yaml)
lint-imports: ; $(call check,lint-imports,$(BIN)/lint-imports)
ruff-format: ; $(call check,ruff format,$(BIN)/ruff format --check .)
ruff-check: ; $(call check,ruff check,$(BIN)/ruff check .)
spectral: ; $(call check,spectral,$(NODE_BIN)/spectral lint docs/openapi.json --ruleset tests/clients/spectral.yaml -F hint)
redocly: ; $(call check,redocly,REDOCLY_TELEMETRY=off $(NODE_BIN)/redocly lint docs/openapi.json --config tests/clients/redocly.yaml)
web: ; $(call check,web,npm --prefix web run --silent check && npm --prefix web test --silent)

bench: checks ## every benchmark: writes bench/results/<date>.md and draws docs/charts
	@$(BIN)/python -m bench

lambda-image: setup ## makes a stand-in for Lambda's image, where the real one cannot be fetched
	@sh local/lambda-image.sh

build: setup ## the bundle for AWS, in .aws-sam/build: make build ARCHITECTURE=arm64
	@$(BIN)/python -m local build $(if $(ARCHITECTURE),--architecture $(ARCHITECTURE))

reset: setup ## drops what local runs have kept
	@$(BIN)/python -m local reset

openapi: setup ## writes the API's description anew, from the code
	@$(BIN)/python -m description

setup:
	@sh local/setup.sh

# without the packages' scripts: none is needed, and one tells its maker of the installation
$(CLIENTS): tests/clients/package-lock.json
	@echo 'Setting up tests/clients …'
	@npm ci --loglevel error --ignore-scripts --no-audit --no-fund --prefix tests/clients && touch $@

checks:
	@sh local/setup.sh checks

# of the system's, where they can be installed without asking
packages:
	@sh tests/e2e/chromium.sh && sh tests/e2e/docker.sh
