#!/bin/sh
# Installs the system packages that are missing, on Debian and its relatives; elsewhere names them.
set -eu

needs="Swift 6.3, g++ 12, SQLite 3.40, Boost 1.74 and gnuplot 5.4, as Debian 12 has them, or later ones"
found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
if [ -z "$found" ] || [ "${found% *}" -lt 6 ] || { [ "${found% *}" -eq 6 ] && [ "${found#* }" -lt 3 ]; }; then
  if [ -z "$found" ]; then echo "There is no Swift here." >&2; else echo "Swift is too old here: ${found% *}.${found#* }." >&2; fi
  cat >&2 <<END
To build mtlbench, install Swift 6.3 or later: https://www.swift.org/install/linux
To use it without a toolchain, take the tar.gz or the wheel that 'make dist' makes on another machine.
Building needs $needs.
END
  exit 1
fi

missing=""
need() { # package, test command
  if ! sh -c "$2" >/dev/null 2>&1; then missing="$missing $1"; fi
}
need g++ 'ls /usr/include/c++/*/iostream'
need libsqlite3-dev 'test -e /usr/include/sqlite3.h'
need libgnuplot-iostream-dev 'test -e /usr/include/gnuplot-iostream.h'
need gnuplot-nox 'command -v gnuplot'
need fontconfig 'command -v fc-list'
need fonts-dejavu-core 'fc-list | grep -q .'
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "mtlbench needs these packages (Debian names), or their equivalents here:$missing" >&2
  echo "It is built with $needs." >&2
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
