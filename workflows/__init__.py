"""Who acts next: flows, inbox, journey and supervision pages. The only package that imports viewflow."""
