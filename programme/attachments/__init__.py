"""Files that people attach: what may come in, where it is kept, who looks it through, how it is given out."""
