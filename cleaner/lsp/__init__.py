"""The editor's face: a language server over standard input and output (the extra `lsp`, pygls).

    options       what the editor may set         places, differences  offsets and edits as it counts them
    documents     an open document → findings     diagnostics, hover, actions, silence   what it shows
    server        what is remembered              conversation         what is said

A document is read as its file would be: the format by its name, the settings from the nearest
cleaner.yaml, suppressions and the baseline as they stand on the disk.
"""
