"""What is read: reports in pages, labels, history, counts; each function one snapshot."""
