"""Where the rooms are joined: whatever the command line can do is a function in one of these modules."""
