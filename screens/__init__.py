"""The screens, one page a file: the only modules that import streamlit. What they show is decided in `qa.view`."""
