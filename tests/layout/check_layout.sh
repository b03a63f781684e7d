#!/bin/sh
# check_layout.sh ROOT: does the source tree at ROOT keep the rules of the house?
# Prints a line for each breach, "FILE[:LINE]: what is wrong and what to do", and fails when there is one.
set -u
LC_ALL=C; export LC_ALL
cd "${1:?usage: check_layout.sh ROOT}" || exit 2

# The floors, lowest first. A module includes itself and lower floors; what follows a colon are the
# neighbours on its own floor that it may include too.
floors='
tensor
layers losses:layers optimizers:layers
check data masks
baselines metrics models:baselines
training:files,figures files:training,figures figures:training,files
'
max_lines=320

# The top level holds nothing but these, dotfiles, and what .gitignore names there (/build/).
top_level() {
  ignored=$(sed -n 's,^/\([^/]*\)/$,\1,p' .gitignore 2>/dev/null)
  for entry in *; do
    case "$entry" in
      README.md|LICENSE|CMakePresets.json|do|CMakeLists.txt) ;;
      cmake|lib|tutorials|tests|bench|docs|datasets) ;;
      *) printf '%s\n' "$ignored" | grep -qxF -- "$entry" ||
           echo "$entry: does not belong at the top level; move it into lib, tests, tutorials, bench, docs or cmake" ;;
    esac
  done
}

# One concept, one file pair, one test of the same name; a benchmark likewise. A second test of it says of what in its
# name: fit_memory_test. Two folders of benchmarks mirror nothing:
# bench/machine measures the processor, bench/steps what the library would be without one of its ideas.
mirror() {
  find lib/mend -name '*.cpp' | sort | while read -r source; do
    name=${source#lib/mend/}; name=${name%.cpp}
    [ -e "tests/${name}_test.cpp" ] || echo "$source: has no test; write tests/${name}_test.cpp"
    [ -e "lib/mend/$name.hpp" ] || echo "$source: has no header; write lib/mend/$name.hpp"
  done
  find tests bench -name '*_test.cpp' -o -name '*_bench.cpp' 2>/dev/null | sort | while read -r check; do
    name=${check#*/}; name=${name%_*.cpp}
    case "$check" in
      bench/machine/* | bench/steps/*) continue ;;
      tests/cli/*) header=lib/$name.hpp ;;
      tests/bench/*) header=$name.hpp ;;
      *) header=lib/mend/$name.hpp ;;
    esac
    [ -e "$header" ] || [ -e "${header%_*}.hpp" ] || echo "$check: there is no $header; name it after what it examines"
  done
}

# Modules only look down, and X.cpp includes X.hpp first.
includes() {
  find lib/mend -name '*.?pp' | sort | xargs awk -v floors="$floors" '
    BEGIN {
      lines = split(floors, line, "\n")
      for (i = 1; i <= lines; ++i) {
        modules = split(line[i], entry, " ")
        for (j = 1; j <= modules; ++j) {
          split(entry[j], half, ":"); floor[half[1]] = i
          neighbours = split(half[2], neighbour, ",")
          for (k = 1; k <= neighbours; ++k) allowed[half[1], neighbour[k]] = 1
        }
      }
    }
    FNR == 1 {
      first = 1
      parts = split(FILENAME, path, "/"); own = path[3]; homeless = parts != 4 || !(own in floor)
      if (homeless) print FILENAME ": is in no module of the list of floors; move it, or give its module a floor"
    }
    homeless || !/^[ \t]*#[ \t]*include/ { next }
    {
      match($0, /["<][^">]*[">]/); quote = substr($0, RSTART, 1); target = substr($0, RSTART + 1, RLENGTH - 2)
      where = FILENAME ":" FNR ": "
    }
    first {
      first = 0; header = FILENAME; sub(/\.cpp$/, ".hpp", header)
      if (header != FILENAME && "lib/" target != header && (getline text <header) >= 0)
        print where "not \"" substr(header, 5) "\", which stands first to prove that it compiles alone"
      close(header)
    }
    target ~ /^xtensor(-blas)?\// && FILENAME !~ /^lib\/mend\/(tensor\/gemm\.cpp|tensor\/xt\.hpp|baselines\/[^\/]*\.cpp)$/ {
      print where "only tensor/gemm.cpp, tensor/xt.hpp and baselines/*.cpp include xtensor; call an operation of tensor/ops.hpp"
    }
    target !~ /^mend\// {
      if (quote == "\"") print where "\"" target "\" is not named from the top; write \"mend/<module>/<name>.hpp\""
      next
    }
    {
      split(target, part, "/"); other = part[2]
      if (other == own || (other in floor && floor[other] < floor[own]) || (own, other) in allowed) next
      print where own " may not include " other ": modules only look down the list of floors"
    }'
}

# A file is one concept.
lengths() {
  find lib -name '*.?pp' | sort | while read -r file; do
    lines=$(($(wc -l <"$file")))
    [ "$lines" -le $max_lines ] || echo "$file: has $lines lines, $max_lines at most; is it one concept? Split it"
  done
}

# A listing in a page is not compiled: it belongs into a tutorial or a test.
listings() {
  grep -nE '^ *(```|~~~)[a-z+.{]' README.md docs/*.md docs/*.in docs/*.dox 2>/dev/null | grep -vE ':[^:]*```sh$' |
    while IFS=: read -r file line _; do
      echo "$file:$line: a listing that nobody compiles; link to the tutorial or the test that has it"
    done
}

breaches=$(top_level; mirror; includes; lengths; listings)
[ -z "$breaches" ] && exit 0
printf '%s\n' "$breaches"
exit 1
