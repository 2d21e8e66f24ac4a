"""The API's description (OpenAPI 3.1), made of the code that it describes; `python -m description` writes it.

Texts stand beside what they describe: on the models' fields, in the declarations of parameters, in the docstrings of
handlers and refusals. Here is only what code cannot say: examples, and which reply means what.
"""
