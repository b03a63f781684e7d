# check_tutorials.awk NN_name.cpp...: does each tutorial have what the reader of its page expects? Prints a line for each
# breach, "FILE[:LINE]: what is wrong and what to do".
#
# - The title, then a lead of one paragraph; "What you will see", "Shapes"; last "Run", "If it differs", "Exercise",
#   "For the lecturer", "Next", in this order.
# - Every row of the table of shapes is printed by the program, with the same letters.
# - Three mistakes with their symptoms; a lesson; at most 15 minutes to read (docs/reading_time.awk, which comes first).
# - No C++ typed by hand into the prose: it would not be compiled.

function breach(line, words) { breaches = 1; print file (line ? ":" line : "") ": " words }

function finish(   i, order, last, row) {
    if (!file) return
    count = split("What you will see|Shapes|Run|If it differs|Exercise|For the lecturer|Next", order, "|")
    for (i = 1; i <= count; ++i) {
        if (!(order[i] in section)) breach(0, "has no section '## " order[i] "'; write it")
        else if (section[order[i]] < last) breach(section[order[i]], "'" order[i] "' comes too early; the order is that of tests/layout/check_tutorials.awk")
        else last = section[order[i]]
    }
    if (mistakes != 3) breach(section["If it differs"], "names " mistakes " mistakes under 'If it differs'; name the three commonest with their symptoms")
    if (!lesson) breach(section["For the lecturer"], "does not say how long to discuss; write '@lesson{minutes}' first")
    if (rows < 1) breach(section["Shapes"], "has no table of shapes; write one, '| symbol | meaning | shape |'")
    for (row in wanted)
        if (!(row in shown)) breach(wanted[row], "the program does not print this row; call tutorial.show_" row)
    if (reading_minutes(words, code) > 15)
        breach(0, sprintf("takes %.1f minutes to read, 15 at most; split it or say it shorter", reading_minutes(words, code)))
}

FNR == 1 {
    finish()
    file = FILENAME; now = fence = ""; mistakes = lesson = rows = words = code = reading = 0
    split("", section); split("", wanted); split("", shown)
    if (!/^\/\/ # ./) breach(1, "does not begin with a title; write '// # Title'")
    reading = 1
}

/^ *\/\/( |$)/ {
    sub(/^ *\/\/ ?/, "")
    if (/^## /) { now = substr($0, 4); section[now] = FNR; if (now == "For the lecturer") reading = 0 }
    if (reading) words += NF
    if (now == "If it differs" && /^- \*\*/) ++mistakes
    if (/^@lesson\{[0-9]+\}$/) lesson = 1
    if (/^```/) {
        if (fence == "" && $0 !~ /^```(sh)?$/) breach(FNR, "a listing in the prose is not compiled; make it part of the program")
        fence = fence == "" ? "open" : ""
    } else if (fence != "" && /[;{}]$/) breach(FNR, "C++ in the prose is not compiled; make it part of the program")
    if (now == "Shapes" && /^\|/ && !/^\|[-:| ]+$/ && ++rows > 1) {
        cells = split($0, cell, / *\| */); name = cell[2]; gsub(/`/, "", name); shape = cell[cells - 1]
        if (cells != 5) breach(FNR, "the table of shapes has three columns: symbol, meaning, shape")
        else if (shape ~ /^\(/) wanted["shape(\"" name "\", \"" shape "\", ...)"] = FNR
        else wanted["number(\"" name "\", ...)"] = FNR
    }
    next
}

{
    if (reading && !/^ *$/ && !/^#include/) ++code
    line = pending $0; pending = ""
    if (line ~ /show_(shape|number)\($/) { pending = line; next }   # its arguments are on the next line
    while (match(line, /show_shape\( *"[^"]*", *"[^"]*"/)) {
        split(substr(line, RSTART, RLENGTH), part, "\""); line = substr(line, RSTART + RLENGTH)
        shown["shape(\"" part[2] "\", \"" part[4] "\", ...)"] = 1
    }
    while (match(line, /show_number\( *"[^"]*"/)) {
        split(substr(line, RSTART, RLENGTH), part, "\""); line = substr(line, RSTART + RLENGTH)
        shown["number(\"" part[2] "\", ...)"] = 1
    }
}

END { finish(); exit breaches }
