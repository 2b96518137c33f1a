"""One function a stage: load, do the stage's work, save. The command line and the review page call only this room."""
