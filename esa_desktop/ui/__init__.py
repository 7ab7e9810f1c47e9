"""What a person sees: the only place for PySide6."""
