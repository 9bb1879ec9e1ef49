"""What Referat is measured by, beside others: run from a clone, no part of what is installed."""
