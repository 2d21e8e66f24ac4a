"""docs/api.md: the description for reading, as one page of Markdown."""

import json
from collections.abc import Iterable, Iterator

from description.operation import Json

_MADE = "<!-- Made of the code by `make openapi`; change description/ instead. -->"
type Row = Iterable[str]


def as_markdown(description: Json) -> str:
    """Return the description as one page of Markdown."""
    title = description["info"]["title"]
    parts = [_MADE, f"# {title}", description["info"]["description"], *_contents(description)]
    for tag in description["tags"]:
        parts += [f"## {tag['name']}", tag["description"]]
        for path, method, operation in _operations(description, tag["name"]):
            parts += _operation(description, path, method, operation)
    parts.append("## Schemas")
    for name, schema in description["components"]["schemas"].items():
        parts += _schema(name, schema)
    return "\n\n".join(parts) + "\n"


def _operations(description: Json, tag: str) -> Iterator[tuple[str, str, Json]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield path, method.upper(), operation


def _contents(description: Json) -> Iterator[str]:
    yield "## Operations"
    for tag in description["tags"]:
        yield _table(
            (tag["name"], ""),
            (
                (f"[{operation['summary']}](#{_anchor(operation['summary'])})", f"`{method} {path}`")
                for path, method, operation in _operations(description, tag["name"])
            ),
        )


def _operation(description: Json, path: str, method: str, operation: Json) -> Iterator[str]:
    yield f"### {operation['summary']}"
    yield f"`{method} {path}`"
    yield operation["description"]
    kinds = [name for scheme in operation["security"] for name in scheme]
    yield f"Takes a token of: {', '.join(kinds)}." if kinds else "Public: no token is needed."
    if operation["parameters"]:
        yield _table(("Parameter", "Type", "Meaning"), map(_parameter, operation["parameters"]))
    yield from _body(operation)
    yield _table(("Status", "Meaning"), _replies(description, operation))
    yield from _reply_example(operation)


def _parameter(parameter: Json) -> Row:
    mark = " *" if parameter["required"] else ""
    kind = f"{parameter['in']}; {kind_of(parameter['schema'])}"
    return f"`{parameter['name']}`{mark}", kind, parameter["description"]


def _body(operation: Json) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    for media_type, body in content.items():
        yield f"Body as `{media_type}`: {kind_of(body['schema'])}."
        for example in body["examples"].values():
            yield _json(example["value"])


def _replies(description: Json, operation: Json) -> Iterator[Row]:
    for status, reply in operation["responses"].items():
        name = reply.get("$ref", "").rpartition("/")[2]
        text = description["components"]["responses"][name]["description"] if name else reply["description"]
        yield status, text


def _reply_example(operation: Json) -> Iterator[str]:
    for status, reply in operation["responses"].items():
        for body in reply.get("content", {}).values():
            if "example" in body:
                yield f"For example {status}:"
                yield _json(body["example"])


def _schema(name: str, schema: Json) -> Iterator[str]:
    yield f"### {name}"
    if "description" in schema:
        yield schema["description"]
    if "properties" in schema:
        required = schema.get("required", [])
        fields: dict[str, Json] = schema["properties"]
        marks = {name: " *" if name in required else "" for name in fields}
        rows = ((f"`{name}`{marks[name]}", kind_of(field), field["description"]) for name, field in fields.items())
        yield _table(("Field", "Type", "Meaning"), rows)
    else:
        yield f"{kind_of(schema)}."


def kind_of(schema: Json) -> str:
    """Tell in a few words what a value may be, such as `string or null, 1..50 characters`."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{_anchor(name)})"
    if "oneOf" in schema or "anyOf" in schema:
        return " or ".join(map(kind_of, schema.get("oneOf") or schema["anyOf"]))
    if "title" in schema:
        return str(schema["title"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema['items'])}"
    types = schema.get("type", "any value")
    words = [" or ".join(types) if isinstance(types, list) else types, schema.get("format"), _bounds(schema)]
    if schema.get("default") is not None:
        words.append(f"default `{json.dumps(schema['default'])}`")
    return ", ".join(filter(None, words))


def _bounds(schema: Json) -> str | None:
    if "pattern" in schema:
        return f"matches `{schema['pattern']}`"
    if "maxLength" in schema:
        return f"{schema.get('minLength', 0)}..{schema['maxLength']} characters"
    if "minimum" in schema:
        return f"{schema['minimum']}..{schema.get('maximum', '')}"
    return None


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [tuple(head), *map(tuple, rows)]
    shown = [f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines]
    return "\n".join([shown[0], f"|{' --- |' * len(lines[0])}", *shown[1:]])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _json(value: object) -> str:
    return f"```json\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```"


def _anchor(heading: str) -> str:
    """Return the anchor that Markdown makes of a heading."""
    return "".join(letter for letter in heading.lower().replace(" ", "-") if letter.isalnum() or letter in "-_")
