# prose.awk - what a reader reads of tutorials, proofs, headers and pages: no code, formulas, commands and addresses.
FILENAME ~ /\.(cpp|hpp)$/ { if (!/\/\/( |$|\/)/) next; sub(/.*\/\/+<? ?/, "") }
/^ *```/ { listing = !listing; next }
/\\f[[{]/ { formula = 1 }
{ ends = /\\f[]}]/ }
formula { if (ends) formula = 0; next }
listing { next }
{
    gsub(/`[^`]*`|\\f\$[^$]*\\f\$|\$[^$]*\$|<[^>]*>|https?:[^ )]*|\]\([^)]*\)|\{#[a-z_0-9]+\}/, " ")
    gsub(/[@\\](result|figure|lesson)\{[^}]*\}|[@\\](ref|param|section|page|anchor) +[A-Za-z_0-9:]+|[@\\][a-z]+/, " ")
    gsub(/[A-Za-z_0-9]*(_|::|\(\)|\.[a-z])[A-Za-z_0-9:.\/]*|[A-Za-z_0-9.]+\/[A-Za-z_0-9\/.]*|[a-z]+[A-Z][A-Za-z]*/, " ")
    gsub(/[0-9]+[a-z]*/, " ")
    gsub(/\047s/, "")
    print
}
