"""Make an HTTP API's routes from its OpenAPI document, which the emulator's CloudFormation ignores.

Remove when the emulator heeds `Body` of AWS::ApiGatewayV2::Api.
"""

import json
import re
from typing import Any

from local import aws
from local.server import HOST

INTEGRATION = "x-amazon-apigateway-integration"
CORS = "x-amazon-apigateway-cors"
ANY_METHOD = "x-amazon-apigateway-any-method"
TARGET = re.compile(r"\$\{(\w+?)(?:\.Arn)?\}/invocations")
"""The function or alias that an integration's uri names."""


def open_routes(stack: str, port: int) -> None:
    """Make the routes, the CORS settings and the plain address of every HTTP API in the stack."""
    cloudformation, gateway = aws.client("cloudformation", port), aws.client("apigatewayv2", port)
    template = cloudformation.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    resources = (json.loads(template) if isinstance(template, str) else template)["Resources"]
    physical = {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for resource in cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    }
    for name, resource in resources.items():
        if resource["Type"] == "AWS::ApiGatewayV2::Api":
            _open_api(gateway, physical, physical[name], resource["Properties"]["Body"])


def _open_api(gateway: Any, physical: dict[str, str], api: str, document: dict[str, Any]) -> None:
    for route in gateway.get_routes(ApiId=api)["Items"]:
        gateway.delete_route(ApiId=api, RouteId=route["RouteId"])
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _add_route(gateway, physical, api, _route_key(path, method), operation[INTEGRATION])
    if CORS in document:
        cors = {name[0].upper() + name[1:]: value for name, value in document[CORS].items()}
        gateway.update_api(ApiId=api, CorsConfiguration=cors)
    if HOST not in [domain["DomainName"] for domain in gateway.get_domain_names()["Items"]]:
        gateway.create_domain_name(DomainName=HOST)
        gateway.create_api_mapping(DomainName=HOST, ApiId=api, Stage="$default")


def _route_key(path: str, method: str) -> str:
    if path.lstrip("/") == "$default":
        return "$default"
    return f"{'ANY' if method == ANY_METHOD else method.upper()} {path}"


def _add_route(gateway: Any, physical: dict[str, str], api: str, key: str, declared: dict[str, Any]) -> None:
    target = TARGET.search(json.dumps(declared["uri"]))
    if not target:
        raise ValueError(f"The integration of {key} names no function")
    integration = gateway.create_integration(
        ApiId=api,
        IntegrationType="AWS_PROXY",
        IntegrationUri=physical[target[1]],
        PayloadFormatVersion=declared["payloadFormatVersion"],
    )
    gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")
