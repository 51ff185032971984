"""The network that shows and sells: sales points, design centres, craft villages."""
