"""The project folder: the only place for SQLAlchemy and for the files inside."""
