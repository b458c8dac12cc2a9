(** * On every acyclic graph the static network, Backpropagation and the runs exist

    Vocabulary of Dag.v.  The theorems there speak of any X, D, x, δ that satisfy the equations; here
    such are built, by as many rounds as the numbering of the nodes asks.  Nothing there is vacuous. *)
From Coq Require Import ZArith Lia Bool Arith.
From WaveProof Require Import Algebra Dag Buffers.
Local Open Scope K_scope.

Section Existence.
Variable K : cring.
Variables (m N : nat) (src dst fd bd : nat -> nat) (input output : nat -> bool).
Variables (w b : nat -> K) (sg dsg : nat -> K -> K).
Hypothesis acyclic : forall e, (e < m)%nat -> (src e < dst e < N)%nat.
Notation gather := (gather K m dst w b).
Notation scatter := (scatter K m src w).

(** ** Forward: k rounds settle every node below k *)
Section Forward.
Variable u : Z -> nat -> K.
Fixpoint rounds (k : nat) (t : Z) (v : nat) : K :=
  match k with
  | O => 0
  | S k => if input v then u t v
           else sg v (gather (fun e => rounds k (t - 1 - Z.of_nat (fd e) + 1)%Z (src e)) v)
  end.
Lemma rounds_settle v : forall k k' t, (v < k)%nat -> (v < k')%nat -> rounds k t v = rounds k' t v.
Proof.
  induction v as [v IH] using lt_wf_ind. intros [|k] [|k'] t H H'; try lia. cbn [rounds].
  destruct (input v); [reflexivity|]. f_equal. apply gather_ext. intros e He E.
  assert (Q := acyclic e He). apply IH; lia.
Qed.
Theorem forward_run_exists :
  forward_run K m src dst fd input w b sg u (fun t v => rounds (S v) t v).
Proof.
  intros t v. cbn [rounds]. destruct (input v); [reflexivity|]. f_equal. apply gather_ext.
  intros e He E. assert (Q := acyclic e He). apply (rounds_settle (src e) v (S (src e))); lia.
Qed.
End Forward.

Theorem static_exists (v0 : nat -> K) : exists X, static K m src dst input w b sg v0 X.
Proof.
  assert (C : forall k t t' v, rounds (fun _ => v0) k t v = rounds (fun _ => v0) k t' v).
  { induction k; intros t t' v; [reflexivity|]. cbn [rounds]. destruct (input v); [reflexivity|].
    f_equal. apply gather_ext. intros e _ _. apply IHk. }
  exists (fun v => rounds (fun _ => v0) (S v) 0%Z v). intros v. cbn [rounds].
  destruct (input v); [reflexivity|]. f_equal. apply gather_ext. intros e He E.
  rewrite (C v _ 0%Z (src e)). assert (Q := acyclic e He).
  apply (rounds_settle (fun _ => v0) (src e) v (S (src e))); lia.
Qed.

(** ** Backward: from the last node down *)
Section Backward.
Variables (s ε : Z -> nat -> K) (bk : nat -> nat).
Fixpoint back (k : nat) (t : Z) (v : nat) : K :=
  match k with
  | O => 0
  | S k => dsg v (s t v) * scatter (fun e => back k (t - Z.of_nat (bk e))%Z (dst e)) v
           + (if output v then ε t v else 0)
  end.
Lemma back_settle j : forall v k k' t, (N - v <= j)%nat -> (N - v < k)%nat -> (N - v < k')%nat ->
  back k t v = back k' t v.
Proof.
  induction j; intros v [|k] [|k'] t Hj H H'; try lia; cbn [back]; f_equal; f_equal;
    apply scatter_ext; intros e He E; assert (Q := acyclic e He); [lia|apply IHj; lia].
Qed.
Theorem backward_run_exists :
  backward_run K m src dst bk output w dsg s ε (fun t v => back (S (N - v)) t v).
Proof.
  intros t v. cbn [back]. f_equal. f_equal. apply scatter_ext. intros e He E.
  assert (Q := acyclic e He). apply (back_settle N (dst e) (N - v) (S (N - dst e))); lia.
Qed.
End Backward.

Theorem adjoint_exists (e0 X : nat -> K) : exists D, adjoint K m src dst output w b dsg e0 X D.
Proof.
  set (s := fun (_ : Z) v => pre K m src dst w b X v). set (ε := fun (_ : Z) => e0).
  exists (fun v => back s ε (fun _ => 0%nat) (S (N - v)) 0%Z v). intros v.
  rewrite (backward_run_exists s ε (fun _ => 0%nat) 0%Z v) at 1. reflexivity.
Qed.

(** ** The wave of each injection, for the wave's own σ′ *)
Section Waves.
Variables (X : Z -> nat -> K) (ε : Z -> nat -> K).
Fixpoint track (q : nat) (k t : Z) (v : nat) : K :=
  match q with
  | O => 0
  | S q => dsg v (pre K m src dst w b (X (t - k)%Z) v)
             * scatter (fun e => track q (k - Z.of_nat (bd e))%Z (t - Z.of_nat (bd e))%Z (dst e)) v
           + (if output v && Z.eqb k 0 then ε t v else 0)
  end.
Lemma track_settle j : forall v q q' k t, (N - v <= j)%nat -> (N - v < q)%nat -> (N - v < q')%nat ->
  track q k t v = track q' k t v.
Proof.
  induction j; intros v [|q] [|q'] k t Hj H H'; try lia; cbn [track]; f_equal; f_equal;
    apply scatter_ext; intros e He E; assert (Q := acyclic e He); [lia|apply IHj; lia].
Qed.
Theorem wave_run_exists :
  wave_run K m src dst bd output w b dsg X ε (fun k t v => track (S (N - v)) k t v).
Proof.
  intros k t v. cbn [track]. f_equal. f_equal. apply scatter_ext. intros e He E.
  assert (Q := acyclic e He). apply (track_settle (N - v) (dst e) (N - v) (S (N - dst e))); lia.
Qed.
End Waves.

(** ** The buffered machine *)
Section Buffered.
Variables (p q : nat -> Z) (dl : K -> K -> K) (u y : Z -> nat -> K).
Fixpoint settle (k : nat) (t : Z) (v : nat) : K :=
  match k with
  | O => 0
  | S k => if input v then u t v
           else sg v (gather (fun e => settle k (t - (p v - p (src e)))%Z (src e)) v)
  end.
Lemma settle_settles v : forall k k' t, (v < k)%nat -> (v < k')%nat -> settle k t v = settle k' t v.
Proof.
  induction v as [v IH] using lt_wf_ind. intros [|k] [|k'] t H H'; try lia. cbn [settle].
  destruct (input v); [reflexivity|]. f_equal. apply gather_ext. intros e He E.
  assert (Q := acyclic e He). apply IH; lia.
Qed.
Theorem buffered_forward_exists :
  buffered_forward K m src dst input w b sg p u (fun t v => settle (S v) t v).
Proof.
  intros t v. cbn [settle]. destruct (input v); [reflexivity|]. f_equal. apply gather_ext.
  intros e He E. assert (Q := acyclic e He). apply (settle_settles (src e) v (S (src e))); lia.
Qed.
Variable x : Z -> nat -> K.
Fixpoint return_ (k : nat) (t : Z) (v : nat) : K :=
  match k with
  | O => 0
  | S k => dsg v (drive_at K m src dst w b p x (t - (q v - p v))%Z v)
             * scatter (fun e => return_ k (t - (q v - q (dst e)))%Z (dst e)) v
           + (if output v then dsg v (drive_at K m src dst w b p x (t - (q v - p v))%Z v)
                * dl (x (t - (q v - p v))%Z v) (y (t - q v)%Z v) else 0)
  end.
Lemma return_settles j : forall v k k' t, (N - v <= j)%nat -> (N - v < k)%nat -> (N - v < k')%nat ->
  return_ k t v = return_ k' t v.
Proof.
  induction j; intros v [|k] [|k'] t Hj H H'; try lia; cbn [return_]; f_equal; f_equal;
    apply scatter_ext; intros e He E; assert (Q := acyclic e He); [lia|apply IHj; lia].
Qed.
Theorem buffered_backward_exists :
  buffered_backward K m src dst output w b dsg dl p q x y (fun t v => return_ (S (N - v)) t v).
Proof.
  intros t v. cbn [return_]. f_equal. f_equal. apply scatter_ext. intros e He E.
  assert (Q := acyclic e He). apply (return_settles (N - v) (dst e) (N - v) (S (N - dst e))); lia.
Qed.
End Buffered.
End Existence.
