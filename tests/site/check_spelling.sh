#!/bin/sh
# check_spelling.sh ROOT: is all prose British English (aspell's en_GB-ise), but for the words in words.txt beside this
# script? Prints each other word with the files that have it, and fails when there is one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: check_spelling.sh ROOT}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{ echo 'personal_ws-1.1 en 0 utf-8'; cat "$here/words.txt"; } >"$work/words.pws"

# Names in a list of papers are spelt as their owners do; the tables of mutants quote code.
set -- README.md docs/*.md docs/*.md.in docs/topics.dox tutorials/*.cpp tests/layers/*_test.cpp tests/losses/*_test.cpp
for file in "$@" $(find lib/mend -name '*.hpp' | sort); do
  case $file in docs/references.md | docs/mutants.md) continue ;; esac
  awk -f "$here/prose.awk" "$file" | aspell list --lang=en_GB-ise --encoding=utf-8 --personal="$work/words.pws" |
    sort -u | sed "s|\$| $file|"
done >"$work/unknown"
[ -s "$work/unknown" ] || exit 0
sort "$work/unknown" | awk '{ if ($1 != word) printf "%s%s:", word == "" ? "" : "\n", $1; word = $1; printf " %s", $2 } END { print "" }'
echo 'spell them as British English does, or add them to tests/site/words.txt'
exit 1
