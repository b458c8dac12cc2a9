#!/bin/sh
# Checks every theorem of proofs/: 0 all hold, 1 not, 77 Coq is not installed (nothing was checked).
#
#   check.sh               scan, compile, assumptions, kernel re-check of these files
#   check.sh --thorough    the kernel re-check covers the standard library too (minutes)
#   check.sh --update      rewrites assumptions.txt from what holds now; review the difference
#
# 1 scan         no admitted statement, no axiom, nothing assumed outside a Section (scan.awk)
# 2 compile      every file of _CoqProject, in its order, in a temporary directory;
#                Statements.v restates the main theorems and proves each by the theorem's name alone
# 3 assumptions  Print Assumptions of every theorem, compared with assumptions.txt
# 4 coqchk       Coq's separate checker re-checks the compiled files and lists what they rest on
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd) || exit 1
mode=${1:-}
for tool in coqc coqchk; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "proofs: $tool is not installed (Debian: coq); nothing was checked" >&2
    exit 77
  fi
done

build=$(mktemp -d "${TMPDIR:-/tmp}/waveproof-proofs.XXXXXX") || exit 1
trap 'rm -rf "$build"' EXIT
trap 'exit 1' HUP INT TERM
failed=0
fail() { echo "proofs: $1" >&2; failed=1; }

files=$(sed -n 's|^theories/||p' "$here/_CoqProject")
listed=$(printf '%s\n' $files | sort)
present=$(cd "$here/theories" && ls -- *.v | sort)
[ "$listed" = "$present" ] || fail "scan: _CoqProject and theories/ name different files"
mkdir "$build/theories" && cp "$here"/theories/*.v "$build/theories/" || exit 1
cd "$build/theories" || exit 1

# 1
awk -f "$here/scan.awk" *.v >"$build/refused" || fail "scan: did not run"
[ ! -s "$build/refused" ] || fail "scan: refused
$(cat "$build/refused")"
[ "$failed" -eq 0 ] || exit 1

# 2
for file in $files; do
  if ! coqc -q -Q . WaveProof "$file" >"$build/log" 2>&1; then
    fail "compile: $file
$(cat "$build/log")"
    exit 1
  fi
done

# 4 begins here, beside 3
if [ "$mode" = --thorough ]; then
  only=WaveProof.Statements
else
  only=$(for file in $files; do printf ' -norec WaveProof.%s' "${file%.v}"; done)
fi
coqchk -silent -o -Q . WaveProof $only >"$build/checked" 2>&1 &
kernel=$!

# 3
: >"$build/names"
echo "From WaveProof Require $(echo $files | sed 's/\.v//g')." >"$build/Print.v"
for file in $files; do
  module=${file%.v}
  sed -nE 's/^ *(Theorem|Corollary) +([A-Za-z0-9_]+).*/\2/p' "$file" |
    while read -r name; do
      echo "$module.$name" >>"$build/names"
      echo "Print Assumptions WaveProof.$module.$name." >>"$build/Print.v"
    done
done
if ! coqc -q -Q . WaveProof -o "$build/Print.vo" "$build/Print.v" >"$build/printed" 2>"$build/log"; then
  fail "assumptions: $(cat "$build/log")"
fi
# one line for each theorem: its name and what it rests on
awk -v names="$build/names" '
  function flush() { if (open) { if ((getline name < names) <= 0) name = "?"; print name ":" (found == "" ? " none" : found) } found = "" }
  /^Closed under the global context/ { flush(); open = 1; next }
  /^(Axioms|Section Variables):/ { flush(); open = 1; next }
  /^[^ ]/ { split($0, part, /[ :]/); found = found " " part[1] }
  END { flush(); while ((getline name < names) > 0) print name ": ?" }' "$build/printed" >"$build/assumptions"

# 4
wait "$kernel" || fail "coqchk: $(cat "$build/checked")"
grep -q 'CONTEXT SUMMARY' "$build/checked" || fail "coqchk: no summary"
for kind in type-in-type 'unsafe (co)fixpoints' 'positivity is assumed'; do
  grep -F "$kind" "$build/checked" | grep -q '<none>' || fail "coqchk: something relies on $kind"
done
sed -n '/^\* Axioms:/,/^\* Constants/p' "$build/checked" | sed -n 's/^    \([^ ]*\).*/coqchk: \1/p' | sort >"$build/axioms"
if [ "$mode" = --thorough ]; then
  # the library's opaque modules are opened here, so fewer names are left
  sort "$here/assumptions.txt" | comm -23 "$build/axioms" - >"$build/extra"
  [ ! -s "$build/extra" ] || fail "coqchk: unexpected axioms
$(cat "$build/extra")"
  grep '^coqchk:' "$here/assumptions.txt" >"$build/axioms"
fi

{ echo '# What each theorem rests on, by Print Assumptions (none: no axiom at all), then the names that coqchk'
  echo '# leaves unchecked in the standard library.  Written by check.sh --update; compared by check.sh.'
  cat "$build/assumptions" "$build/axioms"; } >"$build/assumptions.txt"
if [ "$mode" = --update ]; then
  cp "$build/assumptions.txt" "$here/assumptions.txt"
elif ! diff "$here/assumptions.txt" "$build/assumptions.txt" >"$build/difference" 2>&1; then
  fail "assumptions: assumptions.txt (<) is not what holds (>)
$(cat "$build/difference")"
fi

if [ "$failed" -eq 0 ]; then
  echo "proofs: $(grep -c . "$build/names") theorems hold, $(grep -c ': none$' "$build/assumptions") of them without any axiom"
fi
exit "$failed"
