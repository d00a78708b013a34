"""What must hold whatever somebody writes into a file, asks of a command, or does to the machine below."""
