"""The gates of bin/lint and bin/test: each one answers with findings, none means passed."""
