"""How long it takes to find what is near to a word of a question among very many words."""
