"""What an assessment is and how it may change; standard library only."""
