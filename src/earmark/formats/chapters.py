from earmark.domain.chapters import Chapter
def read_chapters(path): return ()
