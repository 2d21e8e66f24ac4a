"""The helpdesk's tickets, a folder per noun; docs/architecture.md names them."""

import gc
import os

if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    gc.disable()  # a start makes no garbage worth looking for; LambdaHandler turns it on behind the first event
