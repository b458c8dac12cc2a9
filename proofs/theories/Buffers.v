(** * Buffered schedules are exact and causal, on every graph with potentials

    Paper: "for all other layers, Eq. 5 turns out to be an approximation": registers make it exact.
    Claims K11, K13 (one register), C11.  The tool: [waveproof buffers].

    Vocabulary of Dag.v.  [p v] is the tick at which frame 0 is available at node v, [q v] the tick at
    which its δ is, [r e] the tick of the product for edge e.  The machine reads every signal at an age:
      x_u at v        age p v - p u ≥ delay of e          σ′ of v      age q v - p v ≥ 0 of the drive of v
      δ_v at u        age q u - q v ≥ delay back          δ_v, x_u in g_e    ages r e - q v, r e - p u ≥ 0
      x_o in the error of o    age q o - p o ≥ 0          target of o  age q o ≥ 0
    All ages ≥ the physical delays: nothing is read before it exists. *)
From Coq Require Import ZArith Lia Ring Bool Arith.
From WaveProof Require Import Algebra Dag.
Local Open Scope K_scope.

Section Buffers.
Variable K : cring.
Variables (m N : nat) (src dst fd bd : nat -> nat) (input output : nat -> bool).
Variables (w b : nat -> K) (sg dsg : nat -> K -> K) (dl : K -> K -> K).
Hypothesis acyclic : forall e, (e < m)%nat -> (src e < dst e < N)%nat.
Notation gather := (gather K m dst w b).
Notation scatter := (scatter K m src w).
Notation pre := (pre K m src dst w b).
Notation static := (static K m src dst input w b sg).
Notation adjoint := (adjoint K m src dst output w b dsg).
Variables (p q r : nat -> Z).

(** What a machine with these registers may read. *)
Record causal : Prop := {
  causal_input : forall v, input v = true -> p v = 0%Z;
  causal_forward : forall e, (e < m)%nat -> (p (src e) + Z.of_nat (fd e) <= p (dst e))%Z;
  causal_slope : forall v, (v < N)%nat -> (p v <= q v)%Z;
  causal_backward : forall e, (e < m)%nat -> (q (dst e) + Z.of_nat (bd e) <= q (src e))%Z;
  causal_product : forall e, (e < m)%nat -> (p (src e) <= r e /\ q (dst e) <= r e)%Z;
  causal_target : forall v, output v = true -> (0 <= q v)%Z }.

Definition drive_at (x : Z -> nat -> K) (t : Z) (v : nat) : K :=
  gather (fun e => x (t - (p v - p (src e)))%Z (src e)) v.
Definition buffered_forward (u x : Z -> nat -> K) : Prop :=
  forall t v, x t v = if input v then u t v else sg v (drive_at x t v).
(** closed loop: the error is that of the network's own output *)
Definition buffered_backward (x y d : Z -> nat -> K) : Prop := forall t v,
  d t v = dsg v (drive_at x (t - (q v - p v))%Z v)
            * scatter (fun e => d (t - (q v - q (dst e)))%Z (dst e)) v
          + (if output v then dsg v (drive_at x (t - (q v - p v))%Z v)
               * dl (x (t - (q v - p v))%Z v) (y (t - q v)%Z v) else 0).
Definition buffered_update (x d : Z -> nat -> K) (t : Z) (e : nat) : K :=
  d (t - (r e - q (dst e)))%Z (dst e) * x (t - (r e - p (src e)))%Z (src e).
(** the output error of a frame with activity X and target z *)
Definition output_error (X z : nat -> K) (v : nat) : K := dsg v (pre X v) * dl (X v) (z v).

Hypothesis inputs_at_zero : forall v, input v = true -> p v = 0%Z.

Lemma buffered_activity u x : buffered_forward u x -> forall v t X,
  static (u (t - p v)%Z) X -> x t v = X v.
Proof.
  intros R v. induction v as [v IH] using lt_wf_ind. intros t X S.
  rewrite (R t v), (S v). destruct (input v) eqn:I.
  - rewrite (inputs_at_zero v I). now rewrite Z.sub_0_r.
  - f_equal. apply gather_ext. intros e He E.
    apply IH; [specialize (acyclic e He); lia|].
    now replace (t - (p v - p (src e)) - p (src e))%Z with (t - p v)%Z by lia.
Qed.

Lemma buffered_drive u x : buffered_forward u x -> forall v t X,
  static (u (t - p v)%Z) X -> drive_at x t v = pre X v.
Proof.
  intros R v t X S. apply gather_ext. intros e He E. apply (buffered_activity u x R).
  now replace (t - (p v - p (src e)) - p (src e))%Z with (t - p v)%Z by lia.
Qed.

Lemma buffered_delta u y x d : buffered_forward u x -> buffered_backward x y d -> forall v t X D,
  static (u (t - q v)%Z) X -> adjoint (output_error X (y (t - q v)%Z)) X D -> d t v = D v.
Proof.
  intros F B v. remember (N - v)%nat as k eqn:Ek. assert (Hk : (N - v <= k)%nat) by lia. clear Ek.
  revert v Hk. induction k; intros v Hk t X D S A; rewrite (B t v), (A v).
  all: assert (T : (t - (q v - p v) - p v = t - q v)%Z) by lia.
  all: rewrite (buffered_drive u x F v _ X) by (now rewrite T).
  all: rewrite (buffered_activity u x F v _ X) by (now rewrite T).
  all: f_equal; f_equal; apply scatter_ext; intros e He E; specialize (acyclic e He).
  - lia.
  - assert (Q : (t - (q v - q (dst e)) - q (dst e) = t - q v)%Z) by lia.
    apply IHk with X; rewrite ?Q; auto. lia.
Qed.

(** Every edge is exact at once, in the closed loop, with σ′ read locally: g_e(t) is the gradient of
    frame t - r e. *)
Theorem buffered_exact u y x d : buffered_forward u x -> buffered_backward x y d -> forall e t X D,
  static (u (t - r e)%Z) X -> adjoint (output_error X (y (t - r e)%Z)) X D ->
  buffered_update x d t e = D (dst e) * X (src e).
Proof.
  intros F B e t X D S A. unfold buffered_update. f_equal.
  - assert (Q : (t - (r e - q (dst e)) - q (dst e) = t - r e)%Z) by lia.
    apply (buffered_delta u y x d F B _ _ X); rewrite Q; auto.
  - apply (buffered_activity u x F).
    now replace (t - (r e - p (src e)) - p (src e))%Z with (t - r e)%Z by lia.
Qed.
End Buffers.

(** Causal potentials always exist on an acyclic graph: with C a bound of all delays,
    p v = C v for the units fed by edges, q v = C (2 N - v), r e = 2 C N.  (Not the least registers.) *)
Theorem potentials_exist m N src dst fd bd input output C :
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  (forall e, (e < m)%nat -> (fd e <= C /\ bd e <= C)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  (forall v, output v = true -> (v < N)%nat) ->
  exists p q r, causal m N src dst fd bd input output p q r.
Proof.
  intros A D I O.
  exists (fun v => if input v then 0%Z else (Z.of_nat C * Z.of_nat v)%Z),
    (fun v => (Z.of_nat C * (2 * Z.of_nat N - Z.of_nat v))%Z), (fun _ => (2 * Z.of_nat C * Z.of_nat N)%Z).
  split; intros.
  - now rewrite H.
  - rewrite (I e H). specialize (A e H). specialize (D e H). destruct (input (src e)); nia.
  - destruct (input v); nia.
  - specialize (A e H). specialize (D e H). nia.
  - specialize (A e H). destruct (input (src e)); nia.
  - specialize (O v H). nia.
Qed.
