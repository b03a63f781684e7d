# figure.awk - the HTML of a figure that a program drew, with the text for those who cannot see it, which stands in
# NAME.alt.txt beside it. Given: runs, the folder of FOLDER/NAME.svg; the site has it as runs/FOLDER/NAME.svg.

function escape(text) { gsub(/&/, "\\&amp;", text); gsub(/"/, "\\&quot;", text); gsub(/</, "\\&lt;", text); return text }

function slurp(path,   line, text) {                    # a text file as one line
    while ((getline line < path) > 0) text = text (text == "" ? "" : " ") line
    close(path)
    return text
}

function image(path,   alt) {
    alt = runs "/" path; sub(/\.[a-z]+$/, ".alt.txt", alt)
    return "<img src=\"runs/" path "\" alt=\"" escape(slurp(alt)) "\"/>"
}
