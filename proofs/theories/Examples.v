(** * Nothing is vacuous: the hypotheses of the theorems are met

    Vocabulary of the other files.  Small instances, each computed or proved by hand. *)
From Coq Require Import ZArith Lia Reals Lra Ring.
From WaveProof Require Import Algebra Waves Timing Exactness Derivative Refutation ErrorLaws Bound
  GlobalConstant Dag DagTiming DagExistence DagNecessity Cyclic Certificates.

Lemma the_lags_hold (L l k : nat) :
  (lag_input l = Z.of_nat l - 1 /\
  lag_error L Open l = Z.of_nat L - Z.of_nat l /\
  lag_error L Closed l = 2 * Z.of_nat L - Z.of_nat l /\
  lag_error L ClosedCurrent l = 2 * Z.of_nat L - Z.of_nat l /\
  lag_error L ClosedDrive l = 2 * Z.of_nat L - Z.of_nat l - 1 /\
  lag_target L Open l = Z.of_nat L - Z.of_nat l /\
  lag_target L Closed l = 2 * Z.of_nat L - Z.of_nat l /\
  lag_target L ClosedCurrent l = Z.of_nat L - Z.of_nat l /\
  lag_target L ClosedDrive l = 2 * Z.of_nat L - Z.of_nat l - 1 /\
  (forall e, lag_slope L FrameConsistent e l k = lag_error L e l) /\
  (forall e, lag_slope L Drive e l k = 2 * Z.of_nat k - Z.of_nat l - 1) /\
  (forall e, lag_slope L Emitted e l k = 2 * Z.of_nat k - Z.of_nat l) /\
  (forall e, lag_slope L Previous e l k = 2 * Z.of_nat k - Z.of_nat l + 1))%Z.
Proof.
  unfold lag_input, lag_error, lag_target, lag_slope.
  repeat split; intros; cbn [residual_age target_age slope_age]; lia.
Qed.

(** The paper's ten-level network: L = 9, l_s = 5, delay 4. *)
Example ten_levels : synchronous 9 FrameConsistent Open 5 4.
Proof. apply synchronous_open_iff; lia. Qed.

(** K4, the smallest witness: L = 1, W = 1, u = (0, 1), y = 1, error closed: g = -1 at tick 1 … *)
Definition step_input (t : Z) : vec Zring := fun _ => if Z.leb t 0 then 0%Z else 1%Z.
Notation small f := (f Zring 1%nat (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
  (fun _ a => a) (fun _ _ => 1%Z) Z.sub).
Example closed_loop_witness :
  update Zring (steady_x Zring (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z) (fun _ a => a) step_input)
    (small steady_d Emitted Closed step_input (fun _ _ => 1%Z)) 1 1 0 0 = (-1)%Z.
Proof. reflexivity. Qed.
(** … while every static gradient is 0. *)
Example closed_loop_gradients : forall t, small grad (step_input t) (fun _ => 1%Z) 1 0%nat 0%nat = 0%Z.
Proof. intros t. unfold step_input. cbv. destruct t; reflexivity. Qed.

(** The bound's hypotheses, met over ℤ by the linear network of weight 1: s1 = 1, s2 = 0. *)
Example bound_applies : forall L s e t0 u y x d l t r (V : Z -> Z) Vy X R,
  run Zring L (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z) (fun _ a => a) (fun _ _ => 1%Z)
    Z.sub s e t0 u y x d -> (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall o, 0 <= V o)%Z -> (0 <= Vy)%Z -> (0 <= X)%Z -> (0 <= R)%Z ->
  (forall o j, (j < 1)%nat -> Z.abs (u (t - o)%Z j - u (t - r)%Z j) <= V o)%Z ->
  (forall i, (i < 1)%nat -> Z.abs (y (t - lag_target L e l)%Z i - y (t - r)%Z i) <= Vy)%Z ->
  (forall j, (j < 1)%nat -> Z.abs (F Zring (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
     (fun _ a => a) (pred l) (u (t - r)%Z) j) <= X)%Z ->
  (forall i, (i < 1)%nat -> Z.abs (F Zring (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
     (fun _ a => a) L (u (t - r)%Z) i - y (t - r)%Z i)
     + (gain Zoring (fun _ => 1%Z) (fun _ => 1%Z) L * V (lag_error L e l) + Vy) <= R)%Z ->
  (Z.abs (update Zring x d t l 0 0 - grad Zring L (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
    (fun _ a => a) (fun _ _ => 1%Z) Z.sub (u (t - r)%Z) (y (t - r)%Z) l 0%nat 0%nat) <=
  theorem_8 Zoring L (fun _ => 1%Z) (fun _ => 0%Z) (fun _ => 1%Z) (fun _ => 1%Z) l (far Zoring L s e l V)
    (V (lag_input l)) Vy X R)%Z.
Proof.
  intros. apply (layered_bound Zoring L (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
    (fun _ a => a) (fun _ _ => 1%Z) (fun _ => 1%Z) (fun _ => 0%Z) (fun _ => 1%Z) (fun _ => 1%Z) (fun _ _ => True))
    with (s := s) (e := e) (t0 := t0) (u := u) (y := y) (x := x) (d := d) (V := V); simpl; intros; auto; try lia; try exact I.
  - destruct (Z.abs _); lia.
  - repeat intro. exact I.
Qed.

(** The tool's numbers for a chain of weights 3 and -2, σ = a² then the identity, drives within 3, frames within 1 of
    0, at layer 1 against the input's frame: s1 = 6, 1 and s2 = 2, 0 give 3024 (a test of the tool expects the same). *)
Example the_tools_number :
  constant 2 (fun _ => 1%nat) (fun k _ _ => if Nat.eqb k 0 then 3%R else (-2)%R)
    (fun k => if Nat.eqb k 1 then 6%R else 1%R) (fun k => if Nat.eqb k 1 then 2%R else 0%R) 1
    0 (fun _ => 2%R) 2 2 0 1 90 = 3024%R.
Proof.
  assert (A : forall a, (0 <= a)%R -> Rmax 0 (Rabs (0 + a)) = a).
  { intros a H. rewrite Rplus_0_l, Rabs_pos_eq by exact H. now apply Rmax_right. }
  assert (B : Rabs (-2) = 2%R) by (rewrite Rabs_left; lra).
  assert (C : Rabs 3 = 3%R) by (rewrite Rabs_pos_eq; lra).
  unfold constant, Pi, S_all, S_at, K_, N, row_norm, col_norm. simpl.
  rewrite B, C, !A by lra. lra.
Qed.

(** relu off its kink, on both sides. *)
Example relu_both_sides : derivable_pt_lim relu 1%R 1%R /\ derivable_pt_lim relu (-1)%R 0%R.
Proof.
  assert (A : drelu 1 = 1%R) by (unfold drelu; destruct (Rle_dec _ _); lra).
  assert (B : drelu (-1) = 0%R) by (unfold drelu; destruct (Rle_dec _ _); lra).
  split; [rewrite <- A at 2|rewrite <- B]; apply relu_derivable; lra.
Qed.

(** A graph with a synchronous edge: the chain of three edges 0 → 1 → 2 → 3, unit delays; the middle
    edge is balanced with δ = 1. *)
Definition chain_out (v : nat) := Nat.eqb v 3.
Definition chain_in (v : nat) := Nat.eqb v 0.
Lemma chain_paths_in v a : path_in 3 (fun e => e) S (fun _ => 1%nat) chain_in v a -> a = Z.of_nat v.
Proof.
  induction 1 as [v I|e a He I P IH]; [apply Nat.eqb_eq in I; now subst|]. lia.
Qed.
Lemma chain_conn v o r : conn 3 (fun e => e) S (fun _ => 1%nat) v o r -> (r = Z.of_nat o - Z.of_nat v)%Z.
Proof. induction 1; lia. Qed.
Example chain_middle : balanced 3 (fun e => e) S (fun _ => 1%nat) (fun _ => 1%nat) chain_in chain_out 1 1.
Proof.
  split; [|split; [|split]].
  - exists 1%Z. apply (path_in_edge 3 (fun e => e) S (fun _ => 1%nat) chain_in 0 0); [lia|reflexivity|].
    now constructor.
  - exists 1%Z, 3%nat. split; [reflexivity|].
    apply (conn_edge 3 (fun e => e) S (fun _ => 1%nat) 2 3 0); [lia|constructor].
  - intros a P. apply chain_paths_in in P. lia.
  - intros r (o & O & C). apply chain_conn in C. apply Nat.eqb_eq in O. lia.
Qed.

(** A monotone error on a box: E z = z 0 - 2 z 1 on [0,1]². *)
Example a_monotone_error : monotone 2 (fun z => z 0%nat - 2 * z 1%nat)%R (fun _ => 0%R) (fun _ => 1%R)
  (fun i => Nat.eqb i 0).
Proof.
  intros z i a a' Hi _ _ H _. unfold set. destruct i as [|[|]]; simpl; [lra|lra|lia].
Qed.

(** K11: the smallest skip, 0 → 1 → 2, 0 → 2, and 2 → 3: the last edge has the input lags 1 and 2, so with
    σ = a², weights 1, its update at tick 0 is the gradient of no frame.  The machine exists. *)
Definition skip_src (e : nat) := match e with 0 => 0 | 1 => 1 | 2 => 0 | _ => 2 end%nat.
Definition skip_dst (e : nat) := match e with 0 => 1 | 1 => 2 | 2 => 2 | _ => 3 end%nat.
Notation skip_machine := (machine 4 skip_src skip_dst (fun _ => 1%nat) (fun _ => 1%nat) chain_in chain_out
  (fun _ => 1%Z) (fun _ => 0%Z) (fun _ a => (a * a)%Z) (fun _ a => (2 * a)%Z) 0%Z).
Lemma skip_acyclic e : (e < 4)%nat -> (skip_src e < skip_dst e < 4)%nat.
Proof. destruct e as [|[|[|[|e]]]]; simpl; lia. Qed.
Lemma skip_lag_1 : path_in 4 skip_src skip_dst (fun _ => 1%nat) chain_in 2 1.
Proof. apply (path_in_edge 4 skip_src skip_dst (fun _ => 1%nat) chain_in 2 0); [lia|reflexivity|now constructor]. Qed.
Lemma skip_lag_2 : path_in 4 skip_src skip_dst (fun _ => 1%nat) chain_in 2 2.
Proof.
  apply (path_in_edge 4 skip_src skip_dst (fun _ => 1%nat) chain_in 1 1); [lia|reflexivity|].
  apply (path_in_edge 4 skip_src skip_dst (fun _ => 1%nat) chain_in 0 0); [lia|reflexivity|now constructor].
Qed.
Example skip_machine_exists : exists x X ε d, skip_machine (spike (0 - 1)) x X ε d.
Proof.
  set (u := spike (0 - 1)).
  set (X := fun t v => rounds Zring 4 skip_src skip_dst (fun _ => 0%nat) chain_in (fun _ => 1%Z)
    (fun _ => 0%Z) (fun _ a => (a * a)%Z) (fun _ => u t) (S v) 0%Z v).
  set (ε := fun t v => (2 * pre Zring 4 skip_src skip_dst (fun _ => 1%Z) (fun _ => 0%Z) (X t) v * X t v)%Z).
  assert (F := forward_run_exists Zring 4 4 skip_src skip_dst (fun _ => 1%nat) chain_in (fun _ => 1%Z)
    (fun _ => 0%Z) (fun _ a => (a * a)%Z) skip_acyclic u).
  eexists _, X, ε, _. split.
  - intros t v. unfold u, spike. destruct (Z.eqb _ _); lia.
  - exact F.
  - intros t v. exact (forward_run_exists Zring 4 4 skip_src skip_dst (fun _ => 0%nat) chain_in
      (fun _ => 1%Z) (fun _ => 0%Z) (fun _ a => (a * a)%Z) skip_acyclic (fun _ => u t) 0%Z v).
  - reflexivity.
  - apply (backward_run_exists Zring 4 4 skip_src skip_dst chain_out (fun _ => 1%Z)
      (fun _ a => (2 * a)%Z) skip_acyclic).
Qed.
Example skip_refuted x X ε d : skip_machine (spike (0 - 1)) x X ε d ->
  forall f D, adjoint Zring 4 skip_src skip_dst chain_out (fun _ => 1%Z) (fun _ => 0%Z)
    (fun _ a => (2 * a)%Z) (ε f) (X f) D -> (d 0%Z 3%nat * x 0%Z 2%nat <> D 3%nat * X f 2%nat)%Z.
Proof.
  intros M. eapply (unbalanced_edge_refuted 4 4 skip_src skip_dst (fun _ => 1%nat) (fun _ => 1%nat)
    chain_in chain_out (fun _ => 1%Z) (fun _ => 0%Z) (fun _ a => (a * a)%Z) (fun _ a => (2 * a)%Z))
    with (e := 3%nat) (o := 1%Z) (o' := 2%Z); try exact M; try lia; try exact skip_acyclic.
  - intros e He. destruct e as [|[|[|[|e]]]]; simpl; (reflexivity || lia).
  - intros v a a' A. split; nia.
  - intros v Hv I. destruct v as [|[|[|[|v]]]]; [discriminate| | | |lia];
      [exists 0%nat|exists 1%nat|exists 3%nat]; split; (reflexivity || lia).
  - intros v O. apply Nat.eqb_eq in O. lia.
  - intros v O. apply Nat.eqb_eq in O. now subst.
  - exists 0%Z, 3%nat. split; [reflexivity|constructor].
  - left. exact skip_lag_1.
  - left. exact skip_lag_2.
Qed.
