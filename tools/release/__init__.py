"""Build what is published, check it as somebody receives it, and list what it installs."""
