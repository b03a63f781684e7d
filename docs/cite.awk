# cite.awk - links what prose cites: "Kingma and Ba 2015" to its entry in references.md, "tests/layers/dense_test.cpp"
# to the page of that proof. `@result{0.0186 = v11/Gaussian fill/composite}`, a number with the line of docs/results
# that it is taken from, becomes the number; a test compares the two. Given: references, the file; pages, a file with the names of the pages that there are.

BEGIN {
    while ((getline line < references) > 0)             # @anchor kingma2015 **Kingma and Ba 2015.** ...
        if (match(line, /\*\*[^*]+\.\*\*/)) {
            split(line, word, " ")
            spell(substr(line, RSTART + 2, RLENGTH - 5), word[2])
        }
    while ((getline line < pages) > 0) page_exists[line] = 1
    close(pages)
}

# The ways to write a citation: "Saxe, McClelland, Ganguli 2014", "Saxe, McClelland and Ganguli 2014", "... (2014)".
function spell(key, id,   year, authors, two_and) {
    year = substr(key, length(key) - 3); authors = substr(key, 1, length(key) - 5); two_and = authors
    if (match(authors, /, [^, ]+$/)) two_and = substr(authors, 1, RSTART - 1) " and" substr(authors, RSTART + 1)
    anchor[authors " " year] = anchor[authors " (" year ")"] = id
    anchor[two_and " " year] = anchor[two_and " (" year ")"] = id
}

function cite(text,   name, at, path, id, number) {
    while (match(text, /@result\{[^}]*\}/)) {
        number = substr(text, RSTART + 8, RLENGTH - 9); sub(/ = .*/, "", number)
        text = substr(text, 1, RSTART - 1) number substr(text, RSTART + RLENGTH)
    }
    for (name in anchor)
        if (at = index(text, name))
            text = substr(text, 1, at - 1) "@ref " anchor[name] " \"" name "\"" substr(text, at + length(name))
    if (match(text, /tests\/(layers|losses)\/[a-z0-9_]+_test\.cpp/)) {
        path = substr(text, RSTART, RLENGTH); id = path
        sub(/.*\//, "proof_", id); sub(/_test\.cpp$/, "", id)
        if (id in page_exists)
            text = substr(text, 1, RSTART - 1) "@ref " id " \"" path "\"" substr(text, RSTART + length(path))
    }
    return text
}
