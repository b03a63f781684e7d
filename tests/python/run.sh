#!/bin/sh
# run.sh "MODULE..." SCRIPT ARGUMENT...: runs a script with the first Python that has the modules; where there is none,
# says so and ends with 77, which CTest shows as skipped.
set -eu
modules=$1
shift
for python in /usr/bin/python3 python3; do   # Debian's own first: its packages belong to it
  if "$python" -c "import $(echo "$modules" | sed 's/ /, /g')" 2>/dev/null; then exec "$python" "$@"; fi
done
# shellcheck disable=SC2086  # $modules is a list
echo "skipped: no Python that has $modules; on Debian, apt-get install$(printf ' python3-%s' $modules)"
exit 77
