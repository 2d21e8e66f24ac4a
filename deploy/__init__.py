"""The bundle on AWS, beyond what SAM does by itself: deployed without a trail of old versions, its directory filled."""
