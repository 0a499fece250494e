"""Reading many documents: the same stages over parts of them."""
