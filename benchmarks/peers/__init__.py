"""The same questions to Referat and to what else one would take, each with its own defaults."""
