#!/bin/sh
# Plants faults in copies of proofs/ and checks that check.sh refuses each, for the reason expected.
# 0 every fault was caught, 1 one was not, 77 Coq is not installed.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
command -v coqc >/dev/null 2>&1 || { echo "test-gate: coqc is not installed; nothing was tested" >&2; exit 77; }
copy=$(mktemp -d "${TMPDIR:-/tmp}/waveproof-gate.XXXXXX") || exit 1
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM
missed=0
blind=

# plant NAME FILE SED-SCRIPT PATTERN: after the edit the gate must exit 1 and say PATTERN
plant() {
  rm -rf "$copy/proofs" && mkdir -p "$copy/proofs" && cp -R "$here/." "$copy/proofs/" || exit 1
  sed "$3" "$here/$2" >"$copy/proofs/$2"
  if cmp -s "$here/$2" "$copy/proofs/$2"; then
    echo "test-gate: $1: the fault was not planted (the text it edits is gone)" >&2; missed=1; return
  fi
  [ -z "$blind" ] || echo 'BEGIN { exit }' >"$copy/proofs/scan.awk"
  "$copy/proofs/check.sh" >"$copy/out" 2>&1
  status=$?
  if [ "$status" -eq 1 ] && grep -q -- "$4" "$copy/out"; then
    echo "test-gate: caught: $1"
  else
    echo "test-gate: MISSED: $1 (exit $status)" >&2; sed 's/^/  /' "$copy/out" >&2; missed=1
  fi
}

# A weakened statement whose proof still goes through: only Statements.v notices.
plant 'weakened statement' theories/Timing.v \
  's/^Theorem max_mismatch L l : .*/Theorem max_mismatch L l : (1 <= l <= L)%nat -> Z.abs (mismatch L Open l) <= Z.of_nat L./' \
  'compile: Statements.v'
# A statement made vacuous by one more hypothesis.
plant 'extra hypothesis' theories/Exactness.v \
  's/^  (forall t, (t0 <= t)%Z -> same (u t) v .*/& (t < t0)%Z ->/; s/^  intros R Hl C Hi He Ht Hs\./  intros R Hl C _ Hi He Ht Hs./' \
  'compile: Statements.v'
# Off-by-one lags: in the forward wave, in the closed loop, in a slope.
plant 'off-by-one input lag' theories/Waves.v \
  's/^Definition lag_input (l : nat) : Z := Z.of_nat l - 1\./Definition lag_input (l : nat) : Z := Z.of_nat l./' \
  'compile: Waves.v'
plant 'off-by-one slope lag' theories/Waves.v \
  's/| Previous => Z.of_nat k + 1 end/| Previous => Z.of_nat k + 2 end/' \
  'compile: Waves.v'
plant 'off-by-one table of lags' theories/Statements.v \
  's/lag_error L Closed l = (2 \* Z.of_nat L - Z.of_nat l)%Z/lag_error L Closed l = (2 * Z.of_nat L - Z.of_nat l + 1)%Z/' \
  'compile: Statements.v'
# The bound by V where two frames of a window may be 2V apart: false, so its proof breaks; and a constant that
# forgets a factor, in the statement.
plant 'half the distance of a window' theories/GlobalConstant.v \
  's/^Definition window (V : R) (r o : Z) : R := .*/Definition window (V : R) (r o : Z) : R := if Z.eqb o r then 0 else V./' \
  'compile: GlobalConstant.v'
plant 'slope constant at the wrong layer' theories/Statements.v \
  's/let S_ k := product l (Datatypes.S (L - l)) (fun j => if Nat.eqb j k/let S_ k := product l (Datatypes.S (L - l)) (fun j => if Nat.eqb j (Datatypes.S k)/' \
  'compile: Statements.v'
# The cyclic constant without the part of a slope that moves.
plant 'cyclic constant without slopes' theories/Cyclic.v \
  's/^     s i \* (|q i| \* (z i \* ρ)) + κ i \* .*/     s i * (|q i| * (z i * ρ)) <= C * y i) ->/' \
  'compile: Cyclic.v'
# Admitted lemmas that no theorem uses: on one line after other text; and once more past a scan that is
# blind in the copy, so that coqchk alone must see it.
plant 'admitted lemma' theories/Cyclic.v \
  's/^End Cyclic\./Lemma free : (0 : K) = 1. Proof. Admitted. End Cyclic./' \
  'Cyclic.v: Admitted'
blind=yes
plant 'admitted lemma past a blind scan' theories/Cyclic.v \
  's/^End Cyclic\./Lemma free : (0 : K) = 1. Proof. Admitted. End Cyclic./' \
  'coqchk: WaveProof.Cyclic.free'
blind=
# Coq reads strings inside comments, so the first of these comments ends before the axiom.
plant 'axiom behind a comment' theories/Cyclic.v \
  's/^End Cyclic\./End Cyclic. (* "*)" *) Axiom free : forall n : nat, n = O. (* "*)" *)/' \
  'Cyclic.v: Axiom'
plant 'variable outside a section' theories/Cyclic.v \
  's/^End Cyclic\./End Cyclic. Variable free : forall n : nat, n = O./' \
  'outside a Section it is an axiom'
# A new axiom below a theorem that had none.
plant 'silent axiom' theories/Cyclic.v \
  's/^From Coq Require Import Lia Ring\./From Coq Require Import Lia Ring Classical./; s/^  intros H\. induction t; simpl\.$/  intros H. destruct (classic True) as [_|n]; [|now elim n]. induction t; simpl./' \
  'assumptions: assumptions.txt'
# A theorem taken away.
plant 'theorem renamed away' theories/Cyclic.v \
  's/^Theorem network_contracts /Lemma network_contracts /' \
  'assumptions: assumptions.txt'
plant 'file left out' _CoqProject 's|^theories/Certificates.v$||' 'scan: _CoqProject'
exit "$missed"
