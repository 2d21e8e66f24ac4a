# What can be done here; each target sets up first what is missing.
.PHONY: run sam-local lambda-image test build reset openapi setup checks
.DEFAULT_GOAL := run

BIN := .venv/bin
ENGINE := tests/engine/node_modules/.package-lock.json
SAM := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 .local/tools/sam/bin/sam

define stage
@printf '\n== %s\n' '$(1)'
@$(2)
endef

run: setup ## starts everything in the foreground, on PORT (3000)
	@exec $(BIN)/python -m local run --until-parent-ends

sam-local: setup ## the same with each function in a container of Docker's, as Lambda would run it
	@exec $(BIN)/python -m local sam-local --until-parent-ends

test: checks $(ENGINE) ## every check; the exit status says whether all passed
	$(call stage,ruff format,$(BIN)/ruff format --check .)
	$(call stage,ruff check,$(BIN)/ruff check .)
	$(call stage,mypy,$(BIN)/mypy)
	$(call stage,lint-imports,$(BIN)/lint-imports)
	$(call stage,cfn-lint,$(BIN)/cfn-lint --config-file .cfn-lint.yaml)
	$(call stage,sam validate,$(SAM) validate --lint --template-file template.yaml)
	$(call stage,checkov,.local/tools/checkov/bin/checkov --config-file .checkov.yaml)
	$(call stage,chromium,sh tests/e2e/chromium.sh)
	$(call stage,pytest,$(BIN)/pytest --cov)
	$(call stage,sam local,sh local/containers/with-docker.sh sh tests/e2e/sam-local.sh)

lambda-image: setup ## makes a stand-in for Lambda's image, where the real one cannot be fetched
	@$(BIN)/python -m local.containers.image

build: setup ## the bundle for AWS, in .aws-sam/build: make build ARCHITECTURE=arm64
	@$(BIN)/python -m local build $(if $(ARCHITECTURE),--architecture $(ARCHITECTURE))

reset: setup ## drops what local runs have kept
	@$(BIN)/python -m local reset

openapi: setup ## writes the API's description anew, from the code
	@$(BIN)/python -m description

setup:
	@sh local/setup.sh

$(ENGINE): tests/engine/package-lock.json
	@npm ci --silent --no-audit --no-fund --prefix tests/engine && touch $@

checks:
	@sh local/setup.sh checks
