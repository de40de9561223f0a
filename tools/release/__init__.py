"""Build a release, check it as a user would receive it, and list what it installs."""
