#!/bin/sh
# Fetches MNIST's four files into datasets/mnist, or into the folder that is given: all of them or nothing.
#
#   datasets/fetch.sh [FOLDER]
#
# Needs curl or wget, gzip, and sha256sum, shasum or openssl. MEND_MNIST_URL names a mirror of your own (or
# several, between spaces), which may begin with file://. What is fetched counts only when the SHA-256 of the
# unpacked content is the published one: the gzip around it differs from mirror to mirror. A folder that is
# already complete is left as it is.
set -u

mirrors='https://storage.googleapis.com/cvdf-datasets/mnist https://ossci-datasets.s3.amazonaws.com/mnist'
mirrors=${MEND_MNIST_URL:-$mirrors}
files='
65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5 train-labels-idx1-ubyte
ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2 t10k-labels-idx1-ubyte
0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7 t10k-images-idx3-ubyte
ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db train-images-idx3-ubyte
'
target=${1:-$(dirname -- "$0")/mnist}
target=${target%/}
why=''

fail() {
  printf 'fetch.sh: %s\n' "$1" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# download URL FILE: tries once, and gives up after 10 seconds without an answer.
download() {
  case $1 in
    file://*) cp -- "${1#file://}" "$2" 2>/dev/null ;;
    *)
      if has curl; then
        curl -fsL --connect-timeout 10 --speed-limit 1 --speed-time 10 -o "$2" -- "$1" 2>/dev/null
      else
        wget -q -T 10 -t 1 -O "$2" -- "$1" 2>/dev/null
      fi
      ;;
  esac
}

# sha256: of standard input.
sha256() {
  if has sha256sum; then
    sha256sum
  elif has shasum; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi | cut -d ' ' -f 1
}

# genuine SUM FILE.gz: whether the unpacked content has this SHA-256.
genuine() { [ -f "$2" ] && [ "$(gzip -dc <"$2" 2>/dev/null | sha256)" = "$1" ]; }

# is_complete FOLDER: whether it holds the four files as published.
is_complete() {
  while read -r sum name; do
    [ -z "$sum" ] || genuine "$sum" "$1/$name.gz" || return 1
  done <<END
$files
END
}

# fetch MIRROR FOLDER: the four files; else sets why.
fetch() {
  while read -r sum name; do
    [ -n "$sum" ] || continue
    download "${1%/}/$name.gz" "$2/$name.gz" || {
      why="cannot get ${1%/}/$name.gz"
      return 1
    }
    genuine "$sum" "$2/$name.gz" || {
      why="${1%/}/$name.gz is not the file that was published: the SHA-256 of its content differs"
      return 1
    }
  done <<END
$files
END
}

case ${1-} in
  -*) fail "expected at most a folder, found $1; usage: datasets/fetch.sh [FOLDER]" ;;
esac
has sha256sum || has shasum || has openssl || fail 'needs sha256sum, shasum or openssl: install one of them'
if is_complete "$target"; then
  printf 'MNIST is in %s already\n' "$target"
  exit 0
fi
has curl || has wget || [ -n "${MEND_MNIST_URL-}" ] || fail 'needs curl or wget: install one of them'

temporary=$(mktemp -d "$target.XXXXXX" 2>/dev/null) ||
  fail "cannot write beside $target: name a folder that can be made"
trap 'rm -rf -- "$temporary"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

reasons=''
for mirror in $mirrors; do
  if fetch "$mirror" "$temporary"; then
    chmod 755 "$temporary" && chmod 644 "$temporary"/*.gz
    if [ -d "$target" ]; then   # incomplete or damaged: each file is replaced as a whole
      mv -f -- "$temporary"/*.gz "$target"/ || fail "cannot write into $target"
    else
      mv -- "$temporary" "$target" || fail "cannot make $target"
    fi
    printf 'MNIST is in %s now, from %s\n' "$target" "$mirror"
    exit 0
  fi
  reasons="$reasons$why; "
done
fail "${reasons}try again later, set MEND_MNIST_URL to a mirror, or take --data fashion or --data strokes"
