"""What each part of the answer is good for: one more part a line, all on the same questions in one run."""
