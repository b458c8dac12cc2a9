(** * Synchronization: which layers, how late, how mismatched

    Paper: (6) l_s = (L+1)/2, the delay l_s - 1 = (L-1)/2, the maximum mismatch L - 1, τ_s.
    Claims K2–K6, K13, C3, C6, C15; the tool: [waveproof timing].

    Vocabulary.  [mismatch] = error lag - input lag = (L - l) + D - (l - 1), where D is 0 in the open
    loop and L in the closed one; [synchronous L s e l d]: every factor of g_{t,l} has the lag d;
    [synchronous_affine]: the same with the slopes left out (σ affine, σ′ constant).
    Integer arithmetic only; Exactness.v says what synchrony is worth, Refutation.v what its absence costs. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WaveProof Require Import Algebra Waves.
Local Open Scope Z_scope.

Definition synchronous_affine (L : nat) (e : error) (l : nat) (d : Z) : Prop :=
  lag_input l = d /\ lag_error L e l = d /\ lag_target L e l = d.
Definition synchronous (L : nat) (s : slope) (e : error) (l : nat) (d : Z) : Prop :=
  synchronous_affine L e l d /\ forall k, (l <= k < L)%nat -> lag_slope L s e l k = d.
Definition mismatch (L : nat) (e : error) (l : nat) : Z := lag_error L e l - lag_input l.

(** ** The open loop with the wave's own σ′: the paper's reading *)
Theorem mismatch_open L l : mismatch L Open l = Z.of_nat L + 1 - 2 * Z.of_nat l.
Proof. unfold mismatch, lag_error, lag_input; cbn [residual_age target_age slope_age]; lia. Qed.

Theorem frame_consistent_slope_lag L e l k : lag_slope L FrameConsistent e l k = lag_error L e l.
Proof. unfold lag_slope, lag_error, slope_age; lia. Qed.

Theorem synchronous_open_iff L l d : (1 <= l <= L)%nat ->
  synchronous L FrameConsistent Open l d <-> (2 * l = L + 1)%nat /\ d = Z.of_nat l - 1.
Proof.
  intros Hl. unfold synchronous, synchronous_affine. split.
  - intros [(A & B & C) _]. unfold lag_input, lag_error, lag_target in *; cbn [residual_age target_age slope_age] in *; lia.
  - intros [A B]. repeat split; intros; rewrite ?frame_consistent_slope_lag;
      unfold lag_input, lag_error, lag_target; cbn [residual_age target_age slope_age]; lia.
Qed.

(** (6): the synchronous layer exists iff L is odd, it is unique, and its delay is (L-1)/2. *)
Theorem synchronous_layer L : (1 <= L)%nat ->
  (exists l d, (1 <= l <= L)%nat /\ synchronous L FrameConsistent Open l d) <-> Nat.Odd L.
Proof.
  intros HL. split.
  - intros (l & d & Hl & H). apply synchronous_open_iff in H; [|exact Hl].
    exists (pred l). lia.
  - intros [p Hp]. exists (S p), (Z.of_nat p). split; [lia|].
    apply synchronous_open_iff; lia.
Qed.

Theorem synchronous_layer_unique L l l' d d' : (1 <= l <= L)%nat -> (1 <= l' <= L)%nat ->
  synchronous L FrameConsistent Open l d -> synchronous L FrameConsistent Open l' d' ->
  l = l' /\ d = d' /\ 2 * d = Z.of_nat L - 1.
Proof. intros H H' A B. apply synchronous_open_iff in A, B; lia. Qed.

(** K6: the largest mismatch is L - 1, attained at both ends. *)
Theorem max_mismatch L l : (1 <= l <= L)%nat -> Z.abs (mismatch L Open l) <= Z.of_nat L - 1.
Proof. intros. rewrite mismatch_open. lia. Qed.
Theorem max_mismatch_attained L : (1 <= L)%nat ->
  mismatch L Open 1 = Z.of_nat L - 1 /\ mismatch L Open L = - (Z.of_nat L - 1).
Proof. intros. rewrite !mismatch_open. lia. Qed.

(** K13: at even depth the mismatch is odd, hence never 0; 1 is reached in the middle. *)
Theorem even_depth L l : Nat.Even L -> Z.odd (mismatch L Open l) = true.
Proof.
  intros [p ->]. rewrite mismatch_open.
  replace (Z.of_nat (2 * p) + 1 - 2 * Z.of_nat l) with (1 + 2 * (Z.of_nat p - Z.of_nat l)) by lia.
  now rewrite Z.odd_add_mul_2.
Qed.
Theorem even_depth_best p : mismatch (2 * p) Open p = 1.
Proof. rewrite mismatch_open. lia. Qed.

(** ** The closed loop (K4): 2(L - l) + 1, odd, never 0, whatever σ and wherever σ′ is read *)
Theorem mismatch_closed L e l : e = Closed \/ e = ClosedCurrent -> (1 <= l <= L)%nat ->
  mismatch L e l = 2 * (Z.of_nat L - Z.of_nat l) + 1 /\ Z.odd (mismatch L e l) = true
  /\ 1 <= mismatch L e l <= 2 * Z.of_nat L - 1.
Proof.
  intros E Hl. assert (H : mismatch L e l = 2 * (Z.of_nat L - Z.of_nat l) + 1)
    by (destruct E; subst; unfold mismatch, lag_error, lag_input; cbn [residual_age target_age slope_age]; lia).
  rewrite H. repeat split; [|lia|lia].
  replace (2 * (Z.of_nat L - Z.of_nat l) + 1) with (1 + 2 * (Z.of_nat L - Z.of_nat l)) by lia.
  now rewrite Z.odd_add_mul_2.
Qed.

Theorem closed_never L e l d : e = Closed \/ e = ClosedCurrent -> (1 <= l <= L)%nat ->
  ~ synchronous_affine L e l d.
Proof.
  intros E Hl (A & B & _). destruct (mismatch_closed L e l E Hl) as (_ & _ & H).
  unfold mismatch in H. lia.
Qed.

(** Through the output drive one tick is won: the delta rule of the last layer, and no wave. *)
Theorem closed_drive_iff L s l d : (1 <= l <= L)%nat ->
  synchronous L s ClosedDrive l d <-> l = L /\ d = Z.of_nat L - 1.
Proof.
  intros Hl. unfold synchronous, synchronous_affine. split.
  - intros [(A & B & C) _]. unfold lag_input, lag_error, lag_target in *; cbn [residual_age target_age slope_age] in *; lia.
  - intros [-> ->]. repeat split; intros; try lia;
      unfold lag_input, lag_error, lag_target; cbn [residual_age target_age slope_age]; lia.
Qed.

(** ** σ′ read locally in time (K3, C6): the open loop is exact at L ∈ {1, 3} or at L = 1 alone *)
Theorem drive_open_iff L l d : (1 <= l <= L)%nat ->
  synchronous L Drive Open l d <->
  (L = 1%nat /\ l = 1%nat /\ d = 0) \/ (L = 3%nat /\ l = 2%nat /\ d = 1).
Proof.
  intros Hl. unfold synchronous, synchronous_affine, lag_input, lag_error, lag_target, lag_slope.
  cbn [residual_age target_age slope_age]. split.
  - intros [(A & B & C) H]. destruct (Nat.eq_dec l L) as [->|N]; [lia|].
    specialize (H (pred L) ltac:(lia)). lia.
  - intros [(-> & -> & ->)|(-> & -> & ->)]; repeat split; intros; lia.
Qed.

Theorem emitted_open_iff L s l d : s = Emitted \/ s = Previous -> (1 <= l <= L)%nat ->
  synchronous L s Open l d <-> L = 1%nat /\ l = 1%nat /\ d = 0.
Proof.
  intros Hs Hl. unfold synchronous, synchronous_affine, lag_input, lag_error, lag_target, lag_slope.
  split.
  - intros [(A & B & C) H]. cbn [residual_age target_age slope_age] in *. destruct (Nat.eq_dec l L) as [->|N]; [lia|].
    specialize (H l ltac:(lia)). destruct Hs; subst; cbn [residual_age target_age slope_age] in *; lia.
  - intros (-> & -> & ->). repeat split; intros; cbn [residual_age target_age slope_age]; lia.
Qed.

Theorem local_slope_depth L s l d : s <> FrameConsistent -> (1 <= l <= L)%nat ->
  synchronous L s Open l d -> (L <= 3)%nat.
Proof.
  intros Hs Hl H. destruct s; [contradiction| | |].
  - apply drive_open_iff in H; lia.
  - apply emitted_open_iff in H; auto; lia.
  - apply emitted_open_iff in H; auto; lia.
Qed.

(** σ affine: the open loop is synchronous at l_s whatever reads σ′. *)
Theorem affine_open_iff L l d : (1 <= l <= L)%nat ->
  synchronous_affine L Open l d <-> (2 * l = L + 1)%nat /\ d = Z.of_nat l - 1.
Proof.
  intros Hl. unfold synchronous_affine, lag_input, lag_error, lag_target; simpl. lia.
Qed.

(** Clairvoyance (K12): in the open loop the wave needs σ′ of layer k at the age L - k of its frame,
    but the drive of that frame is present only at the age k - 1: too late by 2k - L - 1 ticks. *)
Theorem clairvoyant L k : (L + 1 < 2 * k)%nat ->
  slope_age L Drive Open k - slope_age L FrameConsistent Open k = 2 * Z.of_nat k - Z.of_nat L - 1
  /\ slope_age L FrameConsistent Open k < slope_age L Drive Open k.
Proof. intros. cbn [residual_age target_age slope_age]. lia. Qed.

(** C15: frames held for N ticks; a window of lags of spread S lies within one frame at
    max(0, N - S) of the N ticks ([-] on naturals is cut off at 0). *)
Theorem held_ticks N S :
  length (filter (fun r => Nat.eqb (r / N) ((r + S) / N)) (seq 0 N)) = (N - S)%nat.
Proof.
  destruct (Nat.eq_dec N 0) as [->|HN]; [reflexivity|].
  assert (H : forall k a, (a + k <= N)%nat ->
    length (filter (fun r => Nat.eqb (r / N) ((r + S) / N)) (seq a k)) = (Nat.min (a + k) (N - S) - a)%nat).
  { induction k; intros a Ha; [cbn; lia|]. cbn [seq filter].
    rewrite (Nat.div_small a N) by lia. specialize (IHk (Datatypes.S a) ltac:(lia)).
    destruct (Nat.eqb_spec 0 ((a + S) / N)) as [E|E]; cbn [length]; rewrite IHk.
    - symmetry in E. apply Nat.div_small_iff in E; lia.
    - assert (~ (a + S < N)%nat) by (intros C; apply E; symmetry; now apply Nat.div_small). lia. }
  rewrite H; lia.
Qed.

Example l_s_of_nine : synchronous 9 FrameConsistent Open 5 4.
Proof. apply synchronous_open_iff; lia. Qed.
