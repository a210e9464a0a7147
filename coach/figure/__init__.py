"""The figure that shows a movement: poses of a skeleton, the files they are written in, and how it moves."""
