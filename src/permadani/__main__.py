from permadani.cli import main

main()
