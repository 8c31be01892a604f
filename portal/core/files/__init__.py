"""Files that people send: checked by their content, scanned, kept under names of our own, read.

A file (파일) is taken in by ``services.keep_file`` alone; ``store`` alone knows where it lies.
"""
