"""What is stored: the project file, its one door for changes, and its queries."""
