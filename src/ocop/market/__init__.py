"""Selling online: the shops elsewhere that sell a product, and what producers sell there."""
