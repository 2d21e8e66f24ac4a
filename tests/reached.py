"""Tells which modules of ours code that runs needs: it names something of them, or names what was made of that.

A function reaches what its code names. A class is made of its bases, its decorators and its fields, and a value of what
its statement names. What only annotations of functions name, nobody needs.
"""

import ast
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

type Place = tuple[str, str]
"""A module, and a name in it; empty: the module itself."""


@dataclass(frozen=True)
class Names:
    """The names of a module: which are imported, and from where; which are made, and of what other names."""

    imported: dict[str, Place] = field(default_factory=dict)
    made_of: dict[str, set[str]] = field(default_factory=dict)


def reached(ran: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    """Return the modules of ours that are needed by functions that ran: each is its module, and what its code names."""
    waiting: list[Place] = [(module, "") for module, _ in ran]
    for module, named in ran:
        sources = [module, *(name for name in named if name.startswith("ticketing."))]  # it may import by itself
        waiting += [(source, name) for source in sources for name in named]
    seen: set[Place] = set()
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += _parts(*place)
    return {module for module, name in seen if not name or name in _names(module).made_of}


def _parts(module: str, name: str) -> Iterator[Place]:
    names = _names(module)
    if name in names.imported:
        yield names.imported[name]
    yield from ((module, part) for part in names.made_of.get(name, ()))


@cache
def _names(module: str) -> Names:
    names = Names()
    for statement in _statements(module):
        match statement:
            case ast.ImportFrom(module=str(source), names=aliases):
                for alias in aliases:
                    whole = f"{source}.{alias.name}"
                    names.imported[alias.asname or alias.name] = (
                        (whole, "") if _statements(whole) else (source, alias.name)
                    )
            case ast.FunctionDef(name=name, args=arguments, decorator_list=decorators):
                names.made_of[name] = _named(*decorators, *arguments.defaults, *filter(None, arguments.kw_defaults))
            case ast.ClassDef(name=name, bases=bases, decorator_list=decorators, body=body):
                fields = [part for part in body if not isinstance(part, ast.FunctionDef)]
                methods = [part for each in body if isinstance(each, ast.FunctionDef) for part in each.decorator_list]
                names.made_of[name] = _named(*bases, *decorators, *fields, *methods)
            case ast.Assign() | ast.AnnAssign() | ast.TypeAlias():
                made = _named(statement)
                names.made_of.update(dict.fromkeys(_stored(statement), made))
    return names


def _named(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _stored(statement: ast.AST) -> set[str]:
    stored = (part for part in ast.walk(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))
    return {part.id for part in stored}


@cache
def _statements(module: str) -> list[ast.stmt]:
    """Return the statements of a module of ours, none where there is no such module."""
    try:
        spec = importlib.util.find_spec(module) if module.startswith(("ticketing.", "functions.")) else None
    except ModuleNotFoundError:  # of what is no package, none is a part
        return []
    return ast.parse(Path(spec.origin).read_text()).body if spec and spec.origin else []
