# weave.awk - turns a literate program, a tutorial or a test, into a page of the site.
#
# Doxygen runs this as its input filter. A line that holds nothing but a `// ` comment is prose: Markdown, Doxygen
# commands and formulas work in it. Every other line is code. What comes out are `//!` comments, as many lines as
# came in, so that Doxygen's warnings name the right line.
#
#   // # Title             the page tutorial_NN_name, with the file's number, or proof_NAME
#   // ## Heading          a section
#   // @figure{F.svg} text the figure F.svg that the program drew, with a caption, which ends at an empty comment
#                          line or at code; F.alt.txt beside it is what those hear who cannot see it
#   // @output             what the program printed
#   // ## Shapes           its table gets a column more: the numbers from the program's lines "SHAPE x (N, K) = (4, 5)"
#   // ## For the lecturer  is folded until the next heading
#   // @lesson{15}         how long the text takes to read, the program to run, and a class to discuss: 15 minutes
#
# Given: runs, the folder of NAME.txt (what was printed), NAME.seconds and NAME/ (what was drawn); mode, "quick" or
# "full"; mutants, the page that the mutants' run has written; pages, a file with the page names in their order.
# cite.awk, figure.awk and reading_time.awk come first, with cite(), image(), slurp() and reading_minutes().
# \ilinebr is Doxygen's line break that does not count as a line.

function say(text)    { if (held) print "//! " hold; hold = text; held = 1 }
function glue(text)   { hold = hold " \\ilinebr " text }
function raw(html)    { return "@htmlonly[block]" html "@endhtmlonly" }
function end_figure() { if (figure) glue(raw("</figcaption></figure>")); figure = 0 }

function end_code(   i, n, last) {                      # print it, moved to the left margin
    for (last = lines; last && code[last] ~ /^ *$/; --last);
    n = 999
    for (i = 1; i <= last; ++i) if (match(code[i], /[^ ]/) && RSTART < n) n = RSTART
    for (i = 1; i <= lines; ++i) {
        if (i == last + 1) say("@endcode"); else say(substr(code[i], n))
    }
    if (lines && last == lines) say("@endcode")         # no empty line was left for it
    lines = 0
}

function begin_figure(name) {
    end_figure(); figure = 1
    say(raw("<figure>" image(self "/" name))); glue(raw("<figcaption>"))
}

# One line of the table of shapes, with what the program found.
function add_found(row,   cell, name) {
    if (row ~ /^\|[-:|]+\|$/) return row "-------|"
    split(row, cell, /`/); name = cell[2]
    if (row !~ /^\| *`/) { split(row, cell, / *\| */); name = cell[2] }
    if (!table_rows++) return row " in this run |"
    return row " " (name in found_shape ? found_shape[name] : "") " |"
}

function lesson(minutes,   seconds) {
    seconds = slurp(runs "/" self ".seconds")
    return "To read: " int(reading_minutes(prose_words, code_lines) + 1) " minutes. To run: " \
        (seconds < 1 ? "less than a second" : int(seconds + 0.5) " s") ", " \
        (mode == "quick" ? "with `--quick`" : "in full") ". To discuss: " minutes " minutes."
}

BEGIN {
    self = ARGV[1]; sub(/.*\//, "", self); sub(/(_test)?\.cpp$/, "", self)
    kind = ARGV[1] ~ /_test\.cpp$/ ? "proof" : "tutorial"
    start = kind == "proof" ? "proofs \"All proofs\"" : "index \"Start\""
    before = after = start
    while ((getline page < pages) > 0) {
        if (page !~ "^" kind) continue
        if (found && after == start) after = page
        if (page == kind "_" self) found = 1
        if (!found) before = page
    }
    while ((getline line < (runs "/" self ".txt")) > 0)
        if (line ~ /^SHAPE / && (at = index(line, " = "))) {
            name = substr(line, 7, at - 7); sub(/ \(.*/, "", name)
            if (!(name in found_shape)) found_shape[name] = substr(line, at + 3)
        }
}

/^ *\/\/( |$)/ {                                        # prose
    end_code()
    sub(/^ *\/\/ ?/, "")
    prose_words += NF
    if (/^## / && folded) { glue(raw("</details>")); folded = 0 }
    if (/^## For the lecturer/) {
        say(raw("<details class=\"lecturer\"><summary>" substr($0, 4) "</summary>")); folded = 1
    } else if (/^# /) {
        number = self ~ /^[0-9]/ ? (self + 0) " \302\267 " : ""
        say("@page " kind "_" self " " number substr($0, 3)); glue("@tableofcontents"); glue("@brief")
    } else if (/^## /) {
        title = substr($0, 4); in_shapes = title == "Shapes"; id = tolower(title); gsub(/[^a-z0-9]+/, "_", id)
        say("@section " kind "_" self "_" id " " title)
    } else if (/^@figure\{/) {
        match($0, /\{[^}]*\}/)
        begin_figure(substr($0, 9, RLENGTH - 2))
        hold = hold cite(substr($0, 8 + RLENGTH))
    } else if (/^@output/) {
        say(raw("<div class=\"output\" data-run=\"" mode "\">")); glue("@verbinclude " self ".txt"); glue(raw("</div>"))
    } else if (/^@lesson\{/) {
        match($0, /[0-9]+/)
        say(lesson(substr($0, RSTART, RLENGTH)))
    } else {
        if (/^$/) end_figure()
        say(in_shapes && /^\|/ ? add_found($0) : cite($0))
    }
    next
}

{                                                       # code
    end_figure()
    if (!/^ *$/ && !/^#include/) ++code_lines
    if (!lines && /^ *$/) say("")                       # empty lines before the code
    else if (!lines && /^}$/) say("")                   # the brace that closes main
    else {
        if (!lines) glue("\\ilinebr @code{.cpp}")
        code[++lines] = $0
    }
}

# The proof's line of the page of mutants: | @ref mutants_layers_dense "dense" | 34 | 34 | 34 of 34 |
function mutation_score(   line, cell) {
    while ((getline line < mutants) > 0)
        if (line ~ "^\\| @ref mutants_[a-z]+_" self " ") {
            split(line, cell, / *\| */); split(cell[2], word, " ")
            return "Of the " cell[3] " bugs planted in what this page proves, its tests find " cell[4] "; of " cell[5] \
                " they also say what is wrong: @ref " word[2] " \"the list\"."
        }
}

END {
    end_code(); end_figure()
    if (kind == "proof" && (score = mutation_score()))
        glue("\\ilinebr @section proof_" self "_mutants Can these tests fail? \\ilinebr " score)
    glue("\\ilinebr <div class=\"steps\"><span class=\"before\">@ref " before "</span>" \
         "<span class=\"after\">@ref " after "</span></div>")
    say("")
    say("")
}
