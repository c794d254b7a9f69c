"""How strangers' files are read: opened, walked, cut into pieces, times and markup understood. Used by all sources."""
