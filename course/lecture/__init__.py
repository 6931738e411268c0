"""What a lecturer uses: slides, the hand-out beside them, their PDF; all cut from the chapters."""
