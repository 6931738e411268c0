"""The book as a web page: static files, made from what is woven; nothing is executed."""
