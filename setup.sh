#!/bin/sh
# Installs the system packages that are missing, on Debian and its relatives; elsewhere names them.
set -eu

# Nothing is installed for a build that cannot follow.
if ! command -v swift >/dev/null 2>&1; then
  echo "mtlbench needs Swift 6.3: install it from https://www.swift.org/install, then run make again" >&2
  exit 1
fi

missing=""
need() { # package, test command
  if ! sh -c "$2" >/dev/null 2>&1; then missing="$missing $1"; fi
}
need libsqlite3-dev 'test -e /usr/include/sqlite3.h'
need libgnuplot-iostream-dev 'test -e /usr/include/gnuplot-iostream.h'
need gnuplot-nox 'command -v gnuplot'
need fontconfig 'command -v fc-list'
need fonts-dejavu-core 'fc-list | grep -q .'
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "mtlbench needs these packages (Debian names), or their equivalents here:$missing" >&2
  exit 1
fi
run=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "mtlbench needs these packages; ask an administrator to run: apt-get install$missing" >&2
    exit 1
  fi
  run="sudo"
fi
echo "installing:$missing"
log=$(mktemp)
if ! { $run apt-get update -qq &&
  $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "the packages could not be installed; what apt-get said is above" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
