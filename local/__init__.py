"""The embedded run: the real bundle, deployed into an AWS emulator on this machine."""
