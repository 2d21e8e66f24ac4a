"""Each function may do named things only, is told what it reads, and leaves its lines in a log that ends."""

from pathlib import Path
from typing import Any

import pytest

from tests.tables import ROOT, resources, template
from tests.template.grants import functions, granted, listed, role_of, statements
from ticketing.settings import Settings

FUNCTIONS = resources("AWS::Serverless::Function")
LOGS = resources("AWS::Logs::LogGroup")
COMMON = template()["Globals"]["Function"]
GLOBALS = COMMON["Environment"]["Variables"]
OF_THE_LOGGER = "POWERTOOLS_"


def variables(properties: dict[str, Any]) -> set[str]:
    return {*GLOBALS, *properties.get("Environment", {}).get("Variables", {})}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_folder_and_every_folder_a_function(name: str) -> None:
    assert (ROOT / FUNCTIONS[name]["CodeUri"] / "app.py").is_file()
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/app.py")}
    assert folders == {Path(properties["CodeUri"]).name for properties in FUNCTIONS.values()}


@pytest.mark.parametrize("function", functions())
def test_a_function_may_do_named_things_only(function: str) -> None:
    for statement in statements(function):
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert "*" not in action
            assert action not in ("dynamodb:Scan", "dynamodb:PartiQLSelect")


@pytest.mark.parametrize("function", functions())
def test_a_function_may_do_them_to_named_things_only(function: str) -> None:
    """A wildcard stands only for what lies within one bucket's folder, under one path, among one table's streams."""
    for statement in statements(function):
        for resource in listed(statement["Resource"]):
            assert "*" not in str(resource).replace("/*'}", "")
            assert not str(resource).startswith("arn:")


@pytest.mark.parametrize("function", functions())
def test_lambda_and_nobody_else_takes_a_functions_role(function: str) -> None:
    (statement,) = role_of(function)["AssumeRolePolicyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_an_index_that_may_be_read_exists() -> None:
    tables = resources("AWS::DynamoDB::Table")
    existing = {
        f"${{{name}.Arn}}/index/{index['IndexName']}"
        for name, table in tables.items()
        for index in table.get("GlobalSecondaryIndexes", [])
    }
    named = {
        resource["Fn::Sub"]
        for function in functions()
        for statement in statements(function)
        for resource in listed(statement["Resource"])
        if isinstance(resource, dict) and "/index/" in str(resource.get("Fn::Sub", ""))
    }
    assert named
    assert named <= existing


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_function_is_told_is_read(name: str) -> None:
    told = {variable for variable in variables(FUNCTIONS[name]) if not variable.startswith(OF_THE_LOGGER)}
    assert told <= Settings.__dataclass_fields__.keys()


def test_every_setting_is_given_to_some_function() -> None:
    told = set().union(*(variables(properties) for properties in FUNCTIONS.values()))
    assert Settings.__dataclass_fields__.keys() <= told


@pytest.mark.parametrize("function", functions())
def test_a_function_logs_into_the_group_of_all_and_no_other(function: str) -> None:
    group = functions()[function].get("LoggingConfig", COMMON["LoggingConfig"])["LogGroup"]["Ref"]
    assert {resource for action, resource in granted(function) if action.startswith("logs:")} == {group}
    assert LOGS[group]["RetentionInDays"] <= 90


def test_the_gateways_log_does_not_keep_for_ever() -> None:
    assert all("RetentionInDays" in group for group in LOGS.values())


def test_every_function_runs_the_same_python() -> None:
    assert COMMON["Runtime"] == "python3.13"
    assert all("Runtime" not in properties for properties in FUNCTIONS.values())
