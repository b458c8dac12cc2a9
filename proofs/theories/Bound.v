(** * The telescoping error bound, in the sup norm (Theorem 8)

    Paper: "synchronization approximatively holds whenever u_t is not too fast with respect to L".
    Claims K8, C8.  The tool: [waveproof bound].

    Vocabulary, over any ordered ring with an absolute value (ℤ, ℚ, ℝ …):
      s1, s2          bounds of |σ′| (σ is s1-Lipschitz) and of the Lipschitz constant of σ′
      row l, col l    bounds of the absolute row and column sums of W_l: |W_l|_∞ and |W_l|_1
      N k = Π_{j<k} s1 row j          κ k = row (k-1) · N (k-1)         Π m = Π_{k=L-m}^{L-1} col k
      V o             a bound of |u_{t-o} - u_{t-r}|_∞, r the lag of the reference frame
    The loss is quadratic. *)
From Coq Require Import ZArith Lia Ring.
From WaveProof Require Import Algebra Waves Timing Exactness Refutation ErrorLaws.
Local Open Scope K_scope.

Section Bound.
Variable K : oring.
Add Ring Kring : (law K).
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K).
Notation F := (F K n W b sg).
Notation drive := (drive K n W b sg).
Notation wave := (wave K L n W dsg).
Notation output_delta := (output_delta K L n W b sg dsg (sub K)).
Notation delta_of := (delta_of K L n W b sg dsg (sub K)).
Notation grad := (grad K L n W b sg dsg (sub K)).

Variables (s1 s2 : K) (row col : nat -> K).
Hypothesis s1_pos : 0 <= s1.
Hypothesis s2_pos : 0 <= s2.
Hypothesis row_pos : forall l, 0 <= row l.
Hypothesis col_pos : forall l, 0 <= col l.
Hypothesis slope_bound : forall k a, |dsg k a| <= s1.
Hypothesis sigma_lipschitz : forall k a a', |sg k a - sg k a'| <= s1 * |a - a'|.
Hypothesis slope_lipschitz : forall k a a', |dsg k a - dsg k a'| <= s2 * |a - a'|.
Hypothesis row_bound : forall l i, (i < n (S l))%nat -> sum (n l) (fun j => |W l i j|) <= row l.
Hypothesis col_bound : forall l j, (j < n l)%nat -> sum (n (S l)) (fun i => |W l i j|) <= col l.

Fixpoint gain (k : nat) : K := match k with O => 1 | S k => s1 * (row k * gain k) end.
Definition drive_gain (k : nat) : K := row (pred k) * gain (pred k).
Fixpoint pull (m : nat) : K := match m with O => 1 | S m => col (L - S m) * pull m end.

Lemma gain_pos k : 0 <= gain k.
Proof. induction k; simpl; [apply le_0_1|]. repeat apply le_mul; auto. Qed.
Lemma pull_pos m : 0 <= pull m.
Proof. induction m; simpl; [apply le_0_1|]. apply le_mul; auto. Qed.
Lemma drive_gain_pos k : 0 <= drive_gain k.
Proof. apply le_mul; auto using gain_pos. Qed.
Ltac positive := repeat first [assumption | apply power_pos | apply pull_pos | apply gain_pos
  | apply drive_gain_pos | solve [auto] | apply le_add_pos | apply le_mul | apply sum_pos; intros].

Lemma affine_gain l x x' c : 0 <= c -> (forall j, (j < n l)%nat -> |x j - x' j| <= c) ->
  forall i, (i < n (S l))%nat -> |affine K n W b l x i - affine K n W b l x' i| <= row l * c.
Proof.
  intros C H i Hi. unfold affine.
  replace (_ - _) with (sum (n l) (fun j => W l i j * (x j - x' j))).
  - apply dot_le; auto.
  - rewrite (sum_ext _ _ _ (fun j => W l i j * x j - W l i j * x' j)) by (intros; ring).
    rewrite sum_sub. ring.
Qed.

Lemma forward_gain v w c : 0 <= c -> (forall j, (j < n 0)%nat -> |v j - w j| <= c) ->
  forall k i, (i < n k)%nat -> |F k v i - F k w i| <= gain k * c.
Proof.
  intros C H. induction k; intros i Hi.
  - simpl. replace (1 * c) with c by ring. auto.
  - cbn [Waves.F gain]. eapply le_trans; [apply sigma_lipschitz|].
    replace (s1 * (row k * gain k) * c) with (s1 * (row k * (gain k * c))) by ring.
    apply le_mul_l; [exact s1_pos|]. apply affine_gain; auto.
    apply le_mul; auto using gain_pos.
Qed.

Lemma forward_drive_gain v w c : 0 <= c -> (forall j, (j < n 0)%nat -> |v j - w j| <= c) ->
  forall k i, (1 <= k)%nat -> (i < n k)%nat -> |drive k v i - drive k w i| <= drive_gain k * c.
Proof.
  intros C H k i Hk Hi. unfold Waves.drive, drive_gain.
  replace (row (pred k) * gain (pred k) * c) with (row (pred k) * (gain (pred k) * c)) by ring.
  apply affine_gain; [apply le_mul; auto using gain_pos|now apply forward_gain|].
  now replace (S (pred k)) with k by lia.
Qed.

(** The backward wave: its size, and its variation when every σ′ and the error move. *)
Lemma wave_bound s er R : 0 <= R -> (forall i, (i < n L)%nat -> |er i| <= s1 * R) ->
  forall m i, (m <= L)%nat -> (i < n (L - m))%nat ->
  |wave s er m i| <= pull m * (power s1 (S m) * R).
Proof.
  intros HR H. induction m; intros i Hm Hi.
  - cbn [Waves.wave pull power]. rewrite Nat.sub_0_r in Hi.
    replace (1 * (s1 * 1 * R)) with (s1 * R) by ring. auto.
  - cbn [Waves.wave pull].
    replace (col (L - S m) * pull m * (power s1 (S (S m)) * R)) with
      (s1 * (col (L - S m) * (pull m * (power s1 (S m) * R)))) by (cbn [power]; ring).
    apply abs_mul_le; [apply slope_bound|].
    apply dot_le.
    + positive.
    + assert (C := col_bound (L - S m) i Hi). now replace (S (L - S m)) with (L - m)%nat in C by lia.
    + intros j Hj. apply IHm; [lia|exact Hj].
Qed.

Lemma wave_variation s s' er er' R ε D : 0 <= R -> 0 <= ε -> (forall k, 0 <= D k) ->
  (forall i, (i < n L)%nat -> |er i| <= s1 * R) ->
  (forall i, (i < n L)%nat -> |er i - er' i| <= ε) ->
  forall m i, (m < L)%nat -> (i < n (L - m))%nat ->
  (forall k i, (L - m <= k < L)%nat -> (i < n k)%nat -> |s k i - s' k i| <= D k) ->
  |wave s er m i - wave s' er' m i| <=
    pull m * (power s1 m * ε + power s1 m * (s2 * (R * sum m (fun q => D (L - S q)%nat)))).
Proof.
  intros HR Hε HD Her Hdiff. induction m; intros i Hm Hi HS.
  - cbn [Waves.wave pull power sum]. rewrite Nat.sub_0_r in Hi.
    replace (1 * (1 * ε + 1 * (s2 * (R * 0)))) with ε by ring. auto.
  - cbn [Waves.wave pull sum].
    set (k := (L - S m)%nat) in *. set (w := wave s er m). set (w' := wave s' er' m).
    set (B := power s1 m * ε + power s1 m * (s2 * (R * sum m (fun q => D (L - S q)%nat)))) in IHm.
    set (A := fun z => sum (n (L - m)%nat) (fun j => W k j i * z j)).
    assert (P : 0 <= B).
    { unfold B. positive. }
    assert (C : sum (n (L - m)%nat) (fun j => |W k j i|) <= col k).
    { assert (C := col_bound k i Hi). now replace (S k) with (L - m)%nat in C by (unfold k; lia). }
    replace (dsg k (s k i) * sum (n (L - m)) (fun j => W k j i * w j) -
             dsg k (s' k i) * sum (n (L - m)) (fun j => W k j i * w' j)) with
      ((dsg k (s k i) - dsg k (s' k i)) * sum (n (L - m)) (fun j => W k j i * w j) +
       dsg k (s' k i) * sum (n (L - m)) (fun j => W k j i * (w j - w' j))).
    2:{ rewrite (sum_ext _ _ (fun j => W k j i * (w j - w' j))
          (fun j => W k j i * w j - W k j i * w' j)) by (intros; ring).
        rewrite sum_sub. ring. }
    match goal with |- _ <= ?z => replace z with
      (s2 * D k * (col k * (pull m * (power s1 (S m) * R))) + s1 * (col k * (pull m * B))) end.
    2:{ unfold B; cbn [power]. fold k. ring. }
    apply abs_add_le; apply abs_mul_le.
    + eapply le_trans; [apply slope_lipschitz|]. apply le_mul_l; [exact s2_pos|].
      apply HS; [unfold k; lia|exact Hi].
    + apply dot_le; [|exact C|].
      * positive.
      * intros j Hj. unfold w. apply wave_bound; auto; lia.
    + apply slope_bound.
    + apply dot_le; [|exact C|].
      * positive.
      * intros j Hj. apply IHm; [lia|exact Hj|]. intros; apply HS; [unfold k; lia|auto].
Qed.

(** Theorem 8 for a product of factors that read the frames τ k, v, w and the target z,
    against the gradient at (r, zr). *)
Section Product.
Variables (l : nat) (τ : nat -> vec K) (v w z r zr : vec K) (V : nat -> K) (Ve Vx Vy X R : K).
Hypothesis Hl : (1 <= l <= L)%nat.
Hypothesis V_pos : forall k, 0 <= V k.
Hypothesis Ve_pos : 0 <= Ve.
Hypothesis Vx_pos : 0 <= Vx.
Hypothesis Vy_pos : 0 <= Vy.
Hypothesis X_pos : 0 <= X.
Hypothesis R_pos : 0 <= R.
Hypothesis slope_frames : forall k j, (l <= k < L)%nat -> (j < n 0)%nat -> |τ k j - r j| <= V k.
Hypothesis error_frame : forall j, (j < n 0)%nat -> |v j - r j| <= Ve.
Hypothesis input_frame : forall j, (j < n 0)%nat -> |w j - r j| <= Vx.
Hypothesis target_frame : forall i, (i < n L)%nat -> |z i - zr i| <= Vy.
Hypothesis activity : forall j, (j < n (pred l))%nat -> |F (pred l) r j| <= X.
Hypothesis residual : forall i, (i < n L)%nat -> |F L r i - zr i| + (gain L * Ve + Vy) <= R.

Definition theorem_8 : K :=
  pull (L - l) * (power s1 (S (L - l)) * R * (gain (pred l) * Vx) +
    X * (power s1 (L - l) * (s2 * (R * (sum (L - l) (fun q => drive_gain (L - S q) * V (L - S q)%nat)
                                        + drive_gain L * Ve)))
         + power s1 (S (L - l)) * (gain L * Ve + Vy))).

Lemma residual_moves i : (i < n L)%nat -> |(F L v i - z i) - (F L r i - zr i)| <= gain L * Ve + Vy.
Proof.
  intros Hi. replace (_ - _) with ((F L v i - F L r i) + (0 - 1) * (z i - zr i)) by ring.
  replace (gain L * Ve + Vy) with (gain L * Ve + 1 * Vy) by ring.
  apply le_trans with (|F L v i - F L r i| + abs (opp K (z i - zr i))); [|rewrite abs_opp].
  - replace ((0 - 1) * (z i - zr i)) with (- (z i - zr i)) by ring. apply abs_add.
  - replace (gain L * Ve + 1 * Vy) with (gain L * Ve + Vy) by ring.
    apply le_add; auto using forward_gain.
Qed.

Lemma residual_size i : (i < n L)%nat -> |F L v i - z i| <= R.
Proof.
  intros Hi. eapply le_trans; [|apply residual, Hi].
  replace (F L v i - z i) with ((F L r i - zr i) + ((F L v i - z i) - (F L r i - zr i))) by ring.
  apply abs_add_le; [apply le_refl|now apply residual_moves].
Qed.

Theorem telescoping_bound i j : (i < n l)%nat -> (j < n (pred l))%nat ->
  |delta_of τ v z l i * F (pred l) w j - grad r zr l i j| <= theorem_8.
Proof.
  intros Hi Hj. unfold Waves.grad.
  set (δ := delta_of τ v z l i). set (δr := delta K L n W b sg dsg (sub K) r zr l i).
  replace (δ * F (pred l) w j - δr * F (pred l) r j) with
    (δ * (F (pred l) w j - F (pred l) r j) + (δ - δr) * F (pred l) r j) by ring.
  assert (HL : n (L - (L - l)) = n l) by (f_equal; lia).
  assert (Top : forall i, (i < n L)%nat -> |output_delta v z i| <= s1 * R).
  { intros q Hq. apply abs_mul_le; [apply slope_bound|now apply residual_size]. }
  assert (TopDiff : forall i, (i < n L)%nat -> |output_delta v z i - output_delta r zr i| <=
    s2 * (drive_gain L * Ve) * R + s1 * (gain L * Ve + Vy)).
  { intros q Hq. unfold Waves.output_delta.
    replace (_ - _) with ((dsg L (drive L v q) - dsg L (drive L r q)) * (F L v q - z q)
      + dsg L (drive L r q) * ((F L v q - z q) - (F L r q - zr q))) by ring.
    apply abs_add_le; apply abs_mul_le.
    - eapply le_trans; [apply slope_lipschitz|]. apply le_mul_l; [exact s2_pos|].
      apply forward_drive_gain; auto; lia.
    - now apply residual_size.
    - apply slope_bound.
    - now apply residual_moves. }
  assert (Size : |δ| <= pull (L - l) * (power s1 (S (L - l)) * R)).
  { unfold δ, Waves.delta_of. apply wave_bound; auto; [lia|now rewrite HL]. }
  assert (Diff : |δ - δr| <= pull (L - l) *
    (power s1 (L - l) * (s2 * (drive_gain L * Ve) * R + s1 * (gain L * Ve + Vy)) +
     power s1 (L - l) * (s2 * (R * sum (L - l) (fun q => drive_gain (L - S q) * V (L - S q)%nat))))).
  { unfold δ, δr, delta, Waves.delta_of.
    apply (wave_variation _ _ _ _ R _ (fun k => drive_gain k * V k)); auto; try lia; try (rewrite HL; exact Hi);
      try solve [intros k; positive]; try solve [positive].
    - intros k q Hk Hq. apply forward_drive_gain; auto; try lia.
      intros. apply slope_frames; [lia|assumption]. }
  unfold theorem_8.
  replace (pull (L - l) * _) with
    (pull (L - l) * (power s1 (S (L - l)) * R) * (gain (pred l) * Vx) +
     pull (L - l) *
      (power s1 (L - l) * (s2 * (drive_gain L * Ve) * R + s1 * (gain L * Ve + Vy)) +
       power s1 (L - l) * (s2 * (R * sum (L - l) (fun q => drive_gain (L - S q) * V (L - S q)%nat))))
      * X) by (cbn [power]; ring).
  apply abs_add_le; apply abs_mul_le; auto.
  apply forward_gain; auto.
Qed.
End Product.

(** Theorem 8 for the tick machine, every reading of the contract at once; [o ↦ V o] bounds how far
    frame t - o is from the reference frame t - r. *)
Theorem error_bound s e t0 u y x d l t r (V : Z -> K) Vy X R :
  run K L n W b sg dsg (sub K) s e t0 u y x d -> (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall o, 0 <= V o) -> 0 <= Vy -> 0 <= X -> 0 <= R ->
  (forall o j, (j < n 0)%nat -> |u (t - o)%Z j - u (t - r)%Z j| <= V o) ->
  (forall i, (i < n L)%nat -> |y (t - lag_target L e l)%Z i - y (t - r)%Z i| <= Vy) ->
  (forall j, (j < n (pred l))%nat -> |F (pred l) (u (t - r)%Z) j| <= X) ->
  (forall i, (i < n L)%nat ->
     |F L (u (t - r)%Z) i - y (t - r)%Z i| + (gain L * V (lag_error L e l) + Vy) <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j - grad (u (t - r)%Z) (y (t - r)%Z) l i j| <=
    theorem_8 l (fun k => V (lag_slope L s e l k)) (V (lag_error L e l)) (V (lag_input l)) Vy X R.
Proof.
  intros Rn Hl (Hi & He & Hs) VP VyP XP RP HV HVy HX HR i j Hi' Hj'.
  rewrite (multi_frame K L n W b sg dsg (sub K) s e t0 u y x d l t Rn Hl Hi He Hs i j).
  apply telescoping_bound; auto.
Qed.

(** At most v a tick: V o = |o - r| v. *)
Lemma rate_bound (u : Z -> vec K) v m j : (forall t, |u (t + 1)%Z j - u t j| <= v) ->
  forall t, |u (t + Z.of_nat m)%Z j - u t j| <= sum m (fun _ => v).
Proof.
  intros H t. induction m.
  - rewrite Z.add_0_r. replace (u t j - u t j) with (0 : K) by ring. rewrite abs_zero. apply le_refl.
  - cbn [sum]. replace (t + Z.of_nat (S m))%Z with (t + Z.of_nat m + 1)%Z by lia.
    replace (u (t + Z.of_nat m + 1)%Z j - u t j) with
      ((u (t + Z.of_nat m)%Z j - u t j) + (u (t + Z.of_nat m + 1)%Z j - u (t + Z.of_nat m)%Z j)) by ring.
    now apply abs_add_le.
Qed.

(** The wave's own σ′ against the frame of the error: one term, no s2, no target (so relu too). *)
Theorem error_bound_frame_consistent e t0 u y x d l t V R :
  run K L n W b sg dsg (sub K) FrameConsistent e t0 u y x d -> (1 <= l <= L)%nat ->
  seen L FrameConsistent e l t0 t -> 0 <= V -> 0 <= R ->
  (forall j, (j < n 0)%nat -> |u (t - lag_input l)%Z j - u (t - lag_error L e l)%Z j| <= V) ->
  (forall i, (i < n L)%nat ->
     |F L (u (t - lag_error L e l)%Z) i - y (t - lag_target L e l)%Z i| <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j -
     grad (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l i j| <=
    pull (L - l) * (power s1 (S (L - l)) * R) * (gain (pred l) * V).
Proof.
  intros Rn Hl Hseen VP RP HV HR i j Hi Hj.
  pose proof (error_law K L n W b sg dsg (sub K) e t0 u y x d Rn l t Hl Hseen i j) as E.
  unfold g, grad_b in E. rewrite E. apply abs_mul_le.
  - unfold δ_b, delta, Waves.delta_of. apply wave_bound; auto; [|lia|].
    + intros q Hq. apply abs_mul_le; [apply slope_bound|auto].
    + now replace (L - (L - l))%nat with l by lia.
  - apply forward_gain; auto.
Qed.
End Bound.
