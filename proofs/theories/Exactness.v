(** * Synchronous layers are exact, for every σ, every width, every weight, in any commutative ring

    Paper: "for l_s = (L+1)/2 we have a perfect backprop synchronization", delayed by (L-1)/2; the
    stationary claim of Fig. 1 and 2B.  Claims K2, K3 (its true half), K5, K7, K9, C2.
    The tool: [waveproof verify], verdict "exact".

    Vocabulary of Waves.v and Timing.v: [update x d t l] is g_{t,l}, [grad v z l] the gradient of one
    frame with input v and target z with respect to W_{l-1}, [run s e t0 u y x d] a run from tick t0
    of the tick machine with the slopes s and the error e, whatever its state was before. *)
From Coq Require Import ZArith Lia Ring.
From WaveProof Require Import Algebra Waves Timing.
Local Open Scope K_scope.

Section Exactness.
Variable K : cring.
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (dl : K -> K -> K).
Notation run := (run K L n W b sg dsg dl).
Notation grad := (grad K L n W b sg dsg dl).
Notation update := (update K).
Notation same := (same K).

(** Theorem 1 in full: if all frames that are read show the same input v and target z, g_{t,l} is
    the gradient at (v, z).  (Equal lags, constant input, held input, periodic input: below.) *)
Theorem exact_when_frames_agree s e t0 u y x d l t v z : run s e t0 u y x d -> (1 <= l <= L)%nat ->
  (t0 <= t - lag_input l)%Z -> (t0 <= t - lag_error L e l)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  same (u (t - lag_input l)%Z) v -> same (u (t - lag_error L e l)%Z) v ->
  same (y (t - lag_target L e l)%Z) z ->
  (forall k, (l <= k < L)%nat -> same (u (t - lag_slope L s e l k)%Z) v) ->
  forall i j, update x d t l i j = grad v z l i j.
Proof.
  intros R Hl Hi He Hs Vi Ve Vz Vs i j.
  rewrite (multi_frame K L n W b sg dsg dl s e t0 u y x d l t R Hl Hi He Hs i j).
  unfold Waves.grad. f_equal.
  - apply delta_of_same; auto; lia.
  - now apply F_same.
Qed.

(** Synchronous layers are exact (Theorem 1): g_{t,l} is the gradient of frame t - d. *)
Theorem synchronous_exact s e t0 u y x d l t δ : run s e t0 u y x d -> (1 <= l <= L)%nat ->
  synchronous L s e l δ -> (t0 <= t - δ)%Z ->
  forall i j, update x d t l i j = grad (u (t - δ)%Z) (y (t - δ)%Z) l i j.
Proof.
  intros R Hl [(A & B & C) D] Ht.
  apply exact_when_frames_agree with s e t0 u y; rewrite ?A, ?B, ?C; auto; try easy;
    intros k Hk; rewrite D; easy.
Qed.

(** σ affine: σ′ is constant, so it does not matter where it is read (K3, linear column of the table). *)
Theorem affine_exact s e t0 u y x d l t δ : run s e t0 u y x d -> (1 <= l <= L)%nat ->
  (forall k a a', dsg k a = dsg k a') -> synchronous_affine L e l δ -> (t0 <= t - δ)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update x d t l i j = grad (u (t - δ)%Z) (y (t - δ)%Z) l i j.
Proof.
  intros R Hl Const (A & B & C) Ht Hs i j.
  rewrite (multi_frame K L n W b sg dsg dl s e t0 u y x d l t R Hl ltac:(lia) ltac:(lia) Hs i j).
  rewrite A, B, C. unfold Waves.grad, delta, delta_of. f_equal.
  revert i. generalize (L - l)%nat as m. induction m; intros i; [reflexivity|]. cbn [wave]. f_equal.
  - apply Const.
  - apply sum_ext. intros q _. now rewrite IHm.
Qed.

(** K7, Theorem 4: constant input and target from t0 on, any earlier history or initial state:
    every layer is exact as soon as every frame that is read is later than t0. *)
Theorem stationary_exact s e t0 u y x d l t v z : run s e t0 u y x d -> (1 <= l <= L)%nat ->
  (forall t, (t0 <= t)%Z -> same (u t) v /\ same (y t) z) ->
  (t0 <= t - lag_input l)%Z -> (t0 <= t - lag_error L e l)%Z -> (t0 <= t - lag_target L e l)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update x d t l i j = grad v z l i j.
Proof.
  intros R Hl C Hi He Ht Hs. apply exact_when_frames_agree with s e t0 u y; auto; try (now apply C).
  intros k Hk. apply C. auto.
Qed.

(** K9, Theorem 5: in the open loop with the wave's own σ′ the mismatch is even for odd L, so
    *every* layer is exact on an input of period 2, however fast: slowness is not necessary. *)
Theorem period_two_exact t0 u y x d l t p : run FrameConsistent Open t0 u y x d ->
  (1 <= l <= L)%nat -> L = (2 * p + 1)%nat -> (forall t, same (u (t + 2)%Z) (u t)) ->
  (t0 <= t - Z.of_nat L)%Z ->
  forall i j, update x d t l i j =
    grad (u (t - lag_error L Open l)%Z) (y (t - lag_error L Open l)%Z) l i j.
Proof.
  intros R Hl HL P Ht.
  assert (Q : forall m t, same (u (t + 2 * Z.of_nat m)%Z) (u t)).
  { induction m; intros r q; [now rewrite Z.add_0_r|].
    replace (r + 2 * Z.of_nat (S m))%Z with ((r + 2 * Z.of_nat m) + 2)%Z by lia.
    now rewrite (P (r + 2 * Z.of_nat m)%Z q), (IHm r q). }
  assert (E : lag_error L Open l = (Z.of_nat L - Z.of_nat l)%Z) by (unfold lag_error; simpl; lia).
  apply exact_when_frames_agree with FrameConsistent Open t0 u y; auto; try easy;
    try (intros k Hk; rewrite frame_consistent_slope_lag; try easy);
    rewrite ?E; unfold lag_input; try lia.
  destruct (Nat.le_gt_cases l (p + 1)) as [H|H].
  - assert (T : (t - (Z.of_nat l - 1) =
      t - (Z.of_nat L - Z.of_nat l) + 2 * Z.of_nat (p + 1 - l))%Z) by lia.
    rewrite T. apply Q.
  - assert (T : (t - (Z.of_nat L - Z.of_nat l) =
      t - (Z.of_nat l - 1) + 2 * Z.of_nat (l - p - 1))%Z) by lia.
    rewrite T. intros q. symmetry. apply Q.
Qed.
End Exactness.

(** K2, the paper's (6): for every odd L, all widths, all σ, at l_s = (L+1)/2 the update is the
    gradient of frame t - (L-1)/2, from tick t0 + (L-1)/2 on. *)
Theorem exact_at_l_s (K : cring) p n W b sg dsg dl t0 u y x d :
  run K (2 * p + 1) n W b sg dsg dl FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z ->
  update K x d t (p + 1) i j =
    grad K (2 * p + 1) n W b sg dsg dl (u (t - Z.of_nat p)%Z) (y (t - Z.of_nat p)%Z) (p + 1) i j.
Proof.
  intros R t i j Ht.
  apply (synchronous_exact K _ n W b sg dsg dl _ _ t0 u y x d _ t (Z.of_nat p) R);
    [|apply synchronous_open_iff|]; lia.
Qed.

(** K3, true half: with σ′ of the drive present at the node, L = 3 is exact at l = 2. *)
Theorem exact_at_three (K : cring) n W b sg dsg dl t0 u y x d :
  run K 3 n W b sg dsg dl Drive Open t0 u y x d ->
  forall t i j, (t0 + 1 <= t)%Z ->
  update K x d t 2 i j = grad K 3 n W b sg dsg dl (u (t - 1)%Z) (y (t - 1)%Z) 2 i j.
Proof.
  intros R t i j Ht.
  apply (synchronous_exact K _ n W b sg dsg dl _ _ t0 u y x d _ t 1%Z R);
    [|apply drive_open_iff|]; lia.
Qed.

(** ** Runs exist, so nothing above is vacuous: from any tick on, for all data *)
Section Existence.
Variable K : cring.
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (dl : K -> K -> K).
Variables (s : slope) (e : error) (u y : Z -> vec K).

Definition steady_x (t : Z) (l : nat) : vec K := F K n W b sg l (u (t - Z.of_nat l)%Z).
Definition steady_d (t : Z) (l : nat) : vec K :=
  delta_of K L n W b sg dsg dl (fun k => u (t - lag_slope L s e l k)%Z)
    (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l.

Theorem run_exists t0 : (1 <= L)%nat -> run K L n W b sg dsg dl s e t0 u y steady_x steady_d.
Proof.
  intros HL.
  assert (FW : forall t0, forward_run K n W b sg t0 u steady_x).
  { intros r. split; unfold steady_x.
    - intros t _ i. now rewrite Z.sub_0_r.
    - intros t l i _. replace (t + 1 - Z.of_nat (S l))%Z with (t - Z.of_nat l)%Z by lia.
      reflexivity. }
  split; [apply FW| |].
  - intros t _ i. rewrite (injected_wave K L n W b sg dsg dl e _ u y steady_x
      (FW (t - residual_age L e)%Z) HL t ltac:(lia) i).
    unfold steady_d, delta_of, lag_error, lag_target. now rewrite Nat.sub_diag, Z.sub_diag, !Z.add_0_l.
  - intros t l i _ Hl. rewrite (slope_wave K L n W b sg s e _ u steady_x
      (FW (t + 1 - slope_age L s e l)%Z) l (t + 1)%Z ltac:(lia) ltac:(lia) i).
    unfold steady_d at 1. unfold delta_of. replace (L - l)%nat with (S (L - S l)) by lia.
    cbn [wave]. replace (L - S (L - S l))%nat with l by lia. f_equal.
    + unfold lag_slope. now rewrite Z.sub_diag, Z.add_0_l.
    + replace (L - (L - S l))%nat with (S l) by lia. apply sum_ext. intros j _. f_equal.
      unfold steady_d, delta_of. apply wave_same; [lia| |].
      * unfold lag_error, lag_target. apply output_delta_same; intros q; f_equal; lia.
      * intros k Hk. apply drive_same. unfold lag_slope. intros q; f_equal; lia.
Qed.
End Existence.
