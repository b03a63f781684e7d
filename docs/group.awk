# group.awk - prepares a header for Doxygen, so that no word of this has to stand in the header itself. Doxygen runs
# it as its input filter; as many lines come out as went in. cite.awk comes first and has cite().
#
# - What lib/mend/layers/dense.hpp declares in namespace mend goes into the group layers.
# - A header that says `// Internal to ...` above its namespace is left out.
# - `double x, y;  ///< words` documents both; Doxygen alone would take the words for y only.

BEGIN { parts = split(ARGV[1], path, "/"); group = path[parts - 1] }

/^\/\/ Internal to / { internal = 1 }
internal { print ""; next }
/^namespace mend(::cli)? \{/ { $0 = $0 " /** @addtogroup " group " */ /** @{ */" }
/^}  \/\/ namespace mend(::cli)?$/ { $0 = "/** @} */ " $0 }
/\/\/\// { at = index($0, "///"); $0 = substr($0, 1, at - 1) cite(substr($0, at)) }
/^ +[A-Za-z_:<>]+ [a-z_]+( = [^,;()]+)?, [^;()]+; +\/\/\/</ {
    at = index($0, "///<"); words = substr($0, at + 4); declaration = substr($0, 1, at - 1)
    match(declaration, /^ +[A-Za-z_:<>]+ /); type = substr(declaration, 1, RLENGTH)
    sub(/; +$/, "", declaration)
    members = split(substr(declaration, RLENGTH + 1), member, /, /)
    for (i = 1; i <= members; ++i) printf "%s%s; /**<%s */", type, member[i], words
    print ""; next
}
{ print }
