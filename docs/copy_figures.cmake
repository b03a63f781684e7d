# cmake -D from=DIR -D to=DIR -P copy_figures.cmake: what of the runs the pages show, and nothing else of it.
file(COPY ${from}/ DESTINATION ${to} FILES_MATCHING PATTERN "*.svg")
