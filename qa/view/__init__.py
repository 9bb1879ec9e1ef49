"""What stands on the screen, in words, before anything is drawn: one module for each kind of thing. No streamlit."""
