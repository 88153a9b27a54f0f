"""What has to pass before a change lands: the stages of bin/test, and checks of our own."""
