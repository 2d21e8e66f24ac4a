"""Commands for the bundle on AWS, beyond what SAM does by itself."""
