"""How the bundled model was made: data in, model folder out, measured. `python -m training --help`."""
