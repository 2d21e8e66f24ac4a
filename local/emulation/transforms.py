"""SAM's transform sees the values of the parameters, as on AWS; by itself the emulator shows it their defaults."""

from importlib import import_module
from typing import Any


def show_parameters() -> None:
    """Makes the value of each parameter its default, for the transform of a change set."""
    engine: Any = import_module("ministack.services.cloudformation.engine")
    changesets: Any = import_module("ministack.services.cloudformation.changesets")
    apply = changesets._apply_transforms

    def apply_with_values(template: dict[str, Any], provided: Any = None, previous: Any = None) -> Any:
        values = engine._transform_parameters(template, provided, previous)
        parameters = {
            name: declared | ({"Default": values[name]} if name in values else {})
            for name, declared in template.get("Parameters", {}).items()
        }
        return apply(template | {"Parameters": parameters}, provided, previous)

    changesets._apply_transforms = apply_with_values
