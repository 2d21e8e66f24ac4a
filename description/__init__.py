"""The API's description (OpenAPI 3.1), made of the code that it describes.

Schemas are those of the models, query parameters those that the handlers read, refusals those of `errors.py`; written
here is only what code cannot say: texts, examples, and which reply means what. `python -m description` writes it all.
"""
