(** * The telescoping error bound, in the sup norm (Theorem 8)

    Paper: "synchronization approximatively holds whenever u_t is not too fast with respect to L".
    Claims K8, C8.  The tool: [waveproof bound]; GlobalConstant.v states it in the numbers that it prints.

    Vocabulary, over any ordered ring with an absolute value (ℤ, ℚ, ℝ …):
      s1 k, s2 k      bounds of |σ′| in layer k (σ is s1-Lipschitz) and of the Lipschitz constant of σ′ there,
                      where drives lie in [dom k]: all numbers, or the range of the drives
      row l, col l    bounds of the absolute row and column sums of W_l: |W_l|_∞ and |W_l|_1
      N k = Π_{j≤k} s1 j row (j-1)    κ k = row (k-1) · N (k-1)         Π m = Π_{k=L-m}^{L-1} col k
      steep m = Π_{k=L-m}^{L} s1 k    swapped m p    the same with s2 in the place of s1 in layer L - p
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

Variables (s1 s2 row col : nat -> K) (dom : nat -> K -> Prop).
Hypothesis s1_pos : forall k, 0 <= s1 k.
Hypothesis s2_pos : forall k, 0 <= s2 k.
Hypothesis row_pos : forall l, 0 <= row l.
Hypothesis col_pos : forall l, 0 <= col l.
Hypothesis slope_bound : forall k a, dom k a -> |dsg k a| <= s1 k.
Hypothesis sigma_lipschitz : forall k a a', dom k a -> dom k a' -> |sg k a - sg k a'| <= s1 k * |a - a'|.
Hypothesis slope_lipschitz : forall k a a', dom k a -> dom k a' -> |dsg k a - dsg k a'| <= s2 k * |a - a'|.
Hypothesis row_bound : forall l i, (i < n (S l))%nat -> sum (n l) (fun j => |W l i j|) <= row l.
Hypothesis col_bound : forall l j, (j < n l)%nat -> sum (n (S l)) (fun i => |W l i j|) <= col l.

(** Every drive of a frame is where s1 and s2 hold. *)
Definition ranged (v : vec K) := forall k i, (1 <= k <= L)%nat -> (i < n k)%nat -> dom k (drive k v i).

Fixpoint gain (k : nat) : K := match k with O => 1 | S k => s1 (S k) * (row k * gain k) end.
Definition drive_gain (k : nat) : K := row (pred k) * gain (pred k).
Fixpoint pull (m : nat) : K := match m with O => 1 | S m => col (L - S m) * pull m end.
Fixpoint steep (m : nat) : K := match m with O => s1 L | S m => s1 (L - S m)%nat * steep m end.
Definition factor (p q : nat) : K := if Nat.eqb q p then s2 (L - q)%nat else s1 (L - q)%nat.
Fixpoint swapped (m p : nat) : K :=
  match m with O => factor p 0 | S m => factor p (S m) * swapped m p end.
(** Σ_{k=L-m}^{L} S_k D_k, S_k the product of all s1 but s2 in layer k *)
Definition bends (m : nat) (D : nat -> K) : K := sum (S m) (fun p => swapped m p * D (L - p)%nat).

Lemma gain_pos k : 0 <= gain k.
Proof. induction k; simpl; [apply le_0_1|]. repeat apply le_mul; auto. Qed.
Lemma pull_pos m : 0 <= pull m.
Proof. induction m; simpl; [apply le_0_1|]. apply le_mul; auto. Qed.
Lemma drive_gain_pos k : 0 <= drive_gain k.
Proof. apply le_mul; auto using gain_pos. Qed.
Lemma steep_pos m : 0 <= steep m.
Proof. induction m; simpl; [apply s1_pos|]. apply le_mul; auto. Qed.
Lemma swapped_pos m p : 0 <= swapped m p.
Proof.
  assert (A : forall q, 0 <= factor p q) by (intros q; unfold factor; destruct (Nat.eqb q p); auto).
  induction m; simpl; [apply A|]. apply le_mul; auto.
Qed.
Lemma bends_pos m D : (forall k, 0 <= D k) -> 0 <= bends m D.
Proof. intros H. apply sum_pos. intros. apply le_mul; auto using swapped_pos. Qed.

Lemma swapped_beyond m p : (m < p)%nat -> swapped m p = steep m.
Proof.
  intros H. induction m; simpl; unfold factor.
  - destruct (Nat.eqb_spec 0 p); [lia|]. now rewrite Nat.sub_0_r.
  - destruct (Nat.eqb_spec (S m) p); [lia|]. now rewrite IHm by lia.
Qed.

Lemma bends_step m D :
  bends (S m) D = s1 (L - S m)%nat * bends m D + s2 (L - S m)%nat * D (L - S m)%nat * steep m.
Proof.
  unfold bends. set (k := (L - S m)%nat). change (sum (S (S m)) ?f) with (sum (S m) f + f (S m)).
  f_equal.
  - rewrite <- sum_scale. apply sum_ext. intros p Hp. cbn [swapped]. unfold factor at 1.
    destruct (Nat.eqb_spec (S m) p); [lia|]. fold k. ring.
  - cbn beta. cbn [swapped]. unfold factor at 1. rewrite Nat.eqb_refl, swapped_beyond by lia.
    fold k. ring.
Qed.

Ltac positive := repeat first [assumption | apply power_pos | apply pull_pos | apply gain_pos
  | apply drive_gain_pos | apply steep_pos | apply swapped_pos | apply bends_pos; intros
  | solve [auto] | apply le_add_pos | apply le_mul | apply sum_pos; intros].

Lemma affine_gain l x x' c : 0 <= c -> (forall j, (j < n l)%nat -> |x j - x' j| <= c) ->
  forall i, (i < n (S l))%nat -> |affine K n W b l x i - affine K n W b l x' i| <= row l * c.
Proof.
  intros C H i Hi. unfold affine.
  replace (_ - _) with (sum (n l) (fun j => W l i j * (x j - x' j))).
  - apply dot_le; auto.
  - rewrite (sum_ext _ _ _ (fun j => W l i j * x j - W l i j * x' j)) by (intros; ring).
    rewrite sum_sub. ring.
Qed.

Lemma forward_gain v w c : ranged v -> ranged w ->
  0 <= c -> (forall j, (j < n 0)%nat -> |v j - w j| <= c) ->
  forall k i, (k <= L)%nat -> (i < n k)%nat -> |F k v i - F k w i| <= gain k * c.
Proof.
  intros Rv Rw C H. induction k; intros i Hk Hi.
  - simpl. replace (1 * c) with c by ring. auto.
  - cbn [Waves.F gain]. eapply le_trans; [apply sigma_lipschitz; [apply (Rv (S k))|apply (Rw (S k))]; auto; lia|].
    replace (s1 (S k) * (row k * gain k) * c) with (s1 (S k) * (row k * (gain k * c))) by ring.
    apply le_mul_l; [apply s1_pos|]. apply affine_gain; auto.
    + apply le_mul; auto using gain_pos.
    + intros; apply IHk; auto; lia.
Qed.

Lemma forward_drive_gain v w c : ranged v -> ranged w ->
  0 <= c -> (forall j, (j < n 0)%nat -> |v j - w j| <= c) ->
  forall k i, (1 <= k <= L)%nat -> (i < n k)%nat -> |drive k v i - drive k w i| <= drive_gain k * c.
Proof.
  intros Rv Rw C H k i Hk Hi. unfold Waves.drive, drive_gain.
  replace (row (pred k) * gain (pred k) * c) with (row (pred k) * (gain (pred k) * c)) by ring.
  apply affine_gain; [apply le_mul; auto using gain_pos| |now replace (S (pred k)) with k by lia].
  intros; apply forward_gain; auto; lia.
Qed.

(** The backward wave: its size, and its variation when every σ′ and the error move. *)
Lemma wave_bound s er R : 0 <= R -> (forall i, (i < n L)%nat -> |er i| <= s1 L * R) ->
  forall m i, (m <= L)%nat -> (i < n (L - m))%nat ->
  (forall k i, (L - m <= k < L)%nat -> (i < n k)%nat -> dom k (s k i)) ->
  |wave s er m i| <= pull m * (steep m * R).
Proof.
  intros HR H. induction m; intros i Hm Hi Hs.
  - cbn [Waves.wave pull steep]. rewrite Nat.sub_0_r in Hi.
    replace (1 * (s1 L * R)) with (s1 L * R) by ring. auto.
  - cbn [Waves.wave pull steep].
    replace (col (L - S m) * pull m * (s1 (L - S m)%nat * steep m * R)) with
      (s1 (L - S m)%nat * (col (L - S m) * (pull m * (steep m * R)))) by ring.
    apply abs_mul_le; [apply slope_bound, Hs; auto; lia|].
    apply dot_le.
    + positive.
    + assert (C := col_bound (L - S m) i Hi). now replace (S (L - S m)) with (L - m)%nat in C by lia.
    + intros j Hj. apply IHm; [lia|exact Hj|intros; apply Hs; auto; lia].
Qed.

Lemma wave_variation s s' er er' R M D : 0 <= R -> 0 <= M -> (forall k, 0 <= D k) ->
  (forall i, (i < n L)%nat -> |er i| <= s1 L * R) ->
  (forall i, (i < n L)%nat -> |er i - er' i| <= s2 L * D L * R + s1 L * M) ->
  forall m i, (m < L)%nat -> (i < n (L - m))%nat ->
  (forall k i, (L - m <= k < L)%nat -> (i < n k)%nat -> dom k (s k i) /\ dom k (s' k i)) ->
  (forall k i, (L - m <= k < L)%nat -> (i < n k)%nat -> |s k i - s' k i| <= D k) ->
  |wave s er m i - wave s' er' m i| <= pull m * (R * bends m D + steep m * M).
Proof.
  intros HR HM HD Her Hdiff. induction m; intros i Hm Hi Hr HS.
  - cbn [Waves.wave pull steep]. rewrite Nat.sub_0_r in Hi.
    unfold bends. cbn [sum swapped]. unfold factor. rewrite Nat.eqb_refl, !Nat.sub_0_r.
    replace (1 * (R * (0 + s2 L * D L) + s1 L * M)) with (s2 L * D L * R + s1 L * M) by ring. auto.
  - cbn [Waves.wave pull steep]. rewrite bends_step.
    set (k := (L - S m)%nat) in *. set (w := wave s er m). set (w' := wave s' er' m).
    set (B := R * bends m D + steep m * M) in IHm.
    set (A := fun z => sum (n (L - m)%nat) (fun j => W k j i * z j)).
    assert (P : 0 <= B).
    { unfold B. positive. }
    assert (C : sum (n (L - m)%nat) (fun j => |W k j i|) <= col k).
    { assert (C := col_bound k i Hi). now replace (S k) with (L - m)%nat in C by (unfold k; lia). }
    destruct (Hr k i ltac:(unfold k; lia) Hi) as [Hk Hk'].
    replace (dsg k (s k i) * sum (n (L - m)) (fun j => W k j i * w j) -
             dsg k (s' k i) * sum (n (L - m)) (fun j => W k j i * w' j)) with
      ((dsg k (s k i) - dsg k (s' k i)) * sum (n (L - m)) (fun j => W k j i * w j) +
       dsg k (s' k i) * sum (n (L - m)) (fun j => W k j i * (w j - w' j))).
    2:{ rewrite (sum_ext _ _ (fun j => W k j i * (w j - w' j))
          (fun j => W k j i * w j - W k j i * w' j)) by (intros; ring).
        rewrite sum_sub. ring. }
    match goal with |- _ <= ?z => replace z with
      (s2 k * D k * (col k * (pull m * (steep m * R))) + s1 k * (col k * (pull m * B))) end.
    2:{ unfold B. fold k. ring. }
    apply abs_add_le; apply abs_mul_le.
    + eapply le_trans; [apply slope_lipschitz; assumption|]. apply le_mul_l; [apply s2_pos|].
      apply HS; [unfold k; lia|exact Hi].
    + apply dot_le; [|exact C|].
      * positive.
      * intros j Hj. unfold w. apply wave_bound; auto; [lia|].
        intros q p Hq Hp. apply Hr; auto; unfold k; lia.
    + now apply slope_bound.
    + apply dot_le; [|exact C|].
      * positive.
      * intros j Hj. apply IHm; [lia|exact Hj| |]; intros; [apply Hr|apply HS]; auto; unfold k; lia.
Qed.

(** Theorem 8 for a product of factors that read the frames τ k, v, w and the target z,
    against the gradient at (r, zr).  V L is the distance of v. *)
Section Product.
Variables (l : nat) (τ : nat -> vec K) (v w z r zr : vec K) (V : nat -> K) (Vx Vy X R : K).
Hypothesis Hl : (1 <= l <= L)%nat.
Hypothesis V_pos : forall k, 0 <= V k.
Hypothesis Vx_pos : 0 <= Vx.
Hypothesis Vy_pos : 0 <= Vy.
Hypothesis X_pos : 0 <= X.
Hypothesis R_pos : 0 <= R.
Hypothesis slope_ranged : forall k, (l <= k < L)%nat -> ranged (τ k).
Hypothesis error_ranged : ranged v.
Hypothesis input_ranged : ranged w.
Hypothesis reference_ranged : ranged r.
Hypothesis slope_frames : forall k j, (l <= k < L)%nat -> (j < n 0)%nat -> |τ k j - r j| <= V k.
Hypothesis error_frame : forall j, (j < n 0)%nat -> |v j - r j| <= V L.
Hypothesis input_frame : forall j, (j < n 0)%nat -> |w j - r j| <= Vx.
Hypothesis target_frame : forall i, (i < n L)%nat -> |z i - zr i| <= Vy.
Hypothesis activity : forall j, (j < n (pred l))%nat -> |F (pred l) r j| <= X.
Hypothesis residual : forall i, (i < n L)%nat -> |F L r i - zr i| + (gain L * V L + Vy) <= R.

Definition theorem_8 : K :=
  pull (L - l) * (steep (L - l) * R * (gain (pred l) * Vx) +
    X * (R * bends (L - l) (fun k => drive_gain k * V k) + steep (L - l) * (gain L * V L + Vy))).

Lemma residual_moves i : (i < n L)%nat -> |(F L v i - z i) - (F L r i - zr i)| <= gain L * V L + Vy.
Proof.
  intros Hi. replace (_ - _) with ((F L v i - F L r i) + - (z i - zr i)) by ring.
  apply abs_add_le; [apply forward_gain; auto; lia|]. rewrite abs_opp. auto.
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
  assert (Top : forall i, (i < n L)%nat -> |output_delta v z i| <= s1 L * R).
  { intros q Hq. apply abs_mul_le; [apply slope_bound, error_ranged; auto; lia|now apply residual_size]. }
  assert (TopDiff : forall i, (i < n L)%nat -> |output_delta v z i - output_delta r zr i| <=
    s2 L * (drive_gain L * V L) * R + s1 L * (gain L * V L + Vy)).
  { intros q Hq. unfold Waves.output_delta.
    replace (_ - _) with ((dsg L (drive L v q) - dsg L (drive L r q)) * (F L v q - z q)
      + dsg L (drive L r q) * ((F L v q - z q) - (F L r q - zr q))) by ring.
    apply abs_add_le; apply abs_mul_le.
    - eapply le_trans; [apply slope_lipschitz; [apply error_ranged|apply reference_ranged]; auto; lia|].
      apply le_mul_l; [apply s2_pos|]. apply forward_drive_gain; auto; lia.
    - now apply residual_size.
    - apply slope_bound, reference_ranged; auto; lia.
    - now apply residual_moves. }
  assert (Size : |δ| <= pull (L - l) * (steep (L - l) * R)).
  { unfold δ, Waves.delta_of. apply wave_bound; auto; [lia|now rewrite HL|].
    intros k q Hk Hq. apply slope_ranged; auto; lia. }
  assert (Diff : |δ - δr| <= pull (L - l) *
    (R * bends (L - l) (fun k => drive_gain k * V k) + steep (L - l) * (gain L * V L + Vy))).
  { unfold δ, δr, delta, Waves.delta_of.
    apply (wave_variation _ _ _ _ R _ (fun k => drive_gain k * V k)); auto; try lia; try (rewrite HL; exact Hi);
      try solve [intros k; positive]; try solve [positive].
    - intros k q Hk Hq. split; [apply slope_ranged|apply reference_ranged]; auto; lia.
    - intros k q Hk Hq. apply forward_drive_gain; auto; try lia; [apply slope_ranged; lia|].
      intros. apply slope_frames; [lia|assumption]. }
  unfold theorem_8.
  replace (pull (L - l) * _) with
    (pull (L - l) * (steep (L - l) * R) * (gain (pred l) * Vx) +
     pull (L - l) *
      (R * bends (L - l) (fun k => drive_gain k * V k) + steep (L - l) * (gain L * V L + Vy)) * X) by ring.
  apply abs_add_le; apply abs_mul_le; auto.
  apply forward_gain; auto; lia.
Qed.
End Product.

(** Theorem 8 for the tick machine, every reading of the contract at once; [o ↦ V o] bounds how far
    frame t - o is from the reference frame t - r.  [far k]: that of the frame that σ′ of layer k reads. *)
Definition far (s : slope) (e : error) (l : nat) (V : Z -> K) (k : nat) : K :=
  if Nat.eqb k L then V (lag_error L e l) else V (lag_slope L s e l k).

Theorem layered_bound s e t0 u y x d l t r (V : Z -> K) Vy X R :
  run K L n W b sg dsg (sub K) s e t0 u y x d -> (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall f, ranged (u f)) ->
  (forall o, 0 <= V o) -> 0 <= Vy -> 0 <= X -> 0 <= R ->
  (forall o j, (j < n 0)%nat -> |u (t - o)%Z j - u (t - r)%Z j| <= V o) ->
  (forall i, (i < n L)%nat -> |y (t - lag_target L e l)%Z i - y (t - r)%Z i| <= Vy) ->
  (forall j, (j < n (pred l))%nat -> |F (pred l) (u (t - r)%Z) j| <= X) ->
  (forall i, (i < n L)%nat ->
     |F L (u (t - r)%Z) i - y (t - r)%Z i| + (gain L * V (lag_error L e l) + Vy) <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j - grad (u (t - r)%Z) (y (t - r)%Z) l i j| <=
    theorem_8 l (far s e l V) (V (lag_input l)) Vy X R.
Proof.
  intros Rn Hl (Hi & He & Hs) Rg VP VyP XP RP HV HVy HX HR i j Hi' Hj'.
  assert (Top : far s e l V L = V (lag_error L e l)) by (unfold far; now rewrite Nat.eqb_refl).
  rewrite (multi_frame K L n W b sg dsg (sub K) s e t0 u y x d l t Rn Hl Hi He Hs i j).
  apply telescoping_bound; rewrite ?Top; auto.
  - intros k. unfold far. destruct (Nat.eqb k L); auto.
  - intros k q Hk Hq. unfold far. destruct (Nat.eqb_spec k L); [lia|auto].
Qed.

(** The wave's own σ′ against the frame of the error: one term, no s2, no target (so relu too). *)
Theorem error_bound_frame_consistent e t0 u y x d l t V R :
  run K L n W b sg dsg (sub K) FrameConsistent e t0 u y x d -> (1 <= l <= L)%nat ->
  seen L FrameConsistent e l t0 t -> (forall f, ranged (u f)) -> 0 <= V -> 0 <= R ->
  (forall j, (j < n 0)%nat -> |u (t - lag_input l)%Z j - u (t - lag_error L e l)%Z j| <= V) ->
  (forall i, (i < n L)%nat ->
     |F L (u (t - lag_error L e l)%Z) i - y (t - lag_target L e l)%Z i| <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j -
     grad (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l i j| <=
    pull (L - l) * (steep (L - l) * R) * (gain (pred l) * V).
Proof.
  intros Rn Hl Hseen Rg VP RP HV HR i j Hi Hj.
  pose proof (error_law K L n W b sg dsg (sub K) e t0 u y x d Rn l t Hl Hseen i j) as E.
  unfold g, grad_b in E. rewrite E. apply abs_mul_le.
  - unfold δ_b, delta, Waves.delta_of. apply wave_bound; auto; [|lia| |].
    + intros q Hq. apply abs_mul_le; [apply slope_bound, Rg; auto; lia|auto].
    + now replace (L - (L - l))%nat with l by lia.
    + intros k q Hk Hq. apply Rg; auto; lia.
  - unfold x_a, x_b. apply forward_gain; auto; lia.
Qed.
End Bound.

(** ** One s1 and s2 for all layers and all drives *)
Section Common.
Variable K : oring.
Add Ring Kring2 : (law K).
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (s1 s2 : K) (row col : nat -> K).
Notation common c := (fun _ : nat => c).

Lemma steep_common m : steep K L (common s1) m = power s1 (S m).
Proof. induction m; simpl; [ring|]. rewrite IHm. reflexivity. Qed.

Lemma swapped_common m p : (p <= m)%nat -> swapped K L (common s1) (common s2) m p = power s1 m * s2.
Proof.
  intros H. induction m; simpl; unfold factor.
  - replace p with O by lia. simpl. ring.
  - destruct (Nat.eqb_spec (S m) p) as [<-|N].
    + rewrite swapped_beyond by lia. rewrite steep_common. simpl. ring.
    + rewrite IHm by lia. ring.
Qed.

Lemma sum_first m (f : nat -> K) : sum (S m) f = f O + sum m (fun q => f (S q)).
Proof. induction m; [simpl; ring|]. change (sum (S (S m)) f) with (sum (S m) f + f (S m)). rewrite IHm. simpl. ring. Qed.

Lemma bends_common m D : bends K L (common s1) (common s2) m D =
  power s1 m * (s2 * (sum m (fun q => D (L - S q)%nat) + D L)).
Proof.
  unfold bends. rewrite (sum_ext _ _ _ (fun p => power s1 m * s2 * D (L - p)%nat)).
  - rewrite sum_scale, sum_first, Nat.sub_0_r. ring.
  - intros p Hp. rewrite swapped_common by lia. reflexivity.
Qed.

Hypothesis s1_pos : 0 <= s1.
Hypothesis s2_pos : 0 <= s2.
Hypothesis row_pos : forall l, 0 <= row l.
Hypothesis col_pos : forall l, 0 <= col l.
Hypothesis slope_bound : forall k a, |dsg k a| <= s1.
Hypothesis sigma_lipschitz : forall k a a', |sg k a - sg k a'| <= s1 * |a - a'|.
Hypothesis slope_lipschitz : forall k a a', |dsg k a - dsg k a'| <= s2 * |a - a'|.
Hypothesis row_bound : forall l i, (i < n (S l))%nat -> sum (n l) (fun j => |W l i j|) <= row l.
Hypothesis col_bound : forall l j, (j < n l)%nat -> sum (n (S l)) (fun i => |W l i j|) <= col l.
Notation N := (gain K (common s1) row).
Notation κ := (drive_gain K (common s1) row).

Theorem error_bound s e t0 u y x d l t r (V : Z -> K) Vy X R :
  run K L n W b sg dsg (sub K) s e t0 u y x d -> (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall o, 0 <= V o) -> 0 <= Vy -> 0 <= X -> 0 <= R ->
  (forall o j, (j < n 0)%nat -> |u (t - o)%Z j - u (t - r)%Z j| <= V o) ->
  (forall i, (i < n L)%nat -> |y (t - lag_target L e l)%Z i - y (t - r)%Z i| <= Vy) ->
  (forall j, (j < n (pred l))%nat -> |F K n W b sg (pred l) (u (t - r)%Z) j| <= X) ->
  (forall i, (i < n L)%nat -> |F K n W b sg L (u (t - r)%Z) i - y (t - r)%Z i|
     + (N L * V (lag_error L e l) + Vy) <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j - grad K L n W b sg dsg (sub K) (u (t - r)%Z) (y (t - r)%Z) l i j| <=
    pull K L col (L - l) *
      (power s1 (S (L - l)) * R * (N (pred l) * V (lag_input l)) +
       X * (power s1 (L - l) * (s2 * (R *
              (sum (L - l) (fun q => κ (L - S q) * V (lag_slope L s e l (L - S q)))
               + κ L * V (lag_error L e l))))
            + power s1 (S (L - l)) * (N L * V (lag_error L e l) + Vy))).
Proof.
  intros Rn Hl Sn VP VyP XP RP HV HVy HX HR i j Hi Hj.
  pose proof (layered_bound K L n W b sg dsg (common s1) (common s2) row col (fun _ _ => True)
    (common s1_pos) (common s2_pos) row_pos col_pos (fun k a _ => slope_bound k a)
    (fun k a a' _ _ => sigma_lipschitz k a a') (fun k a a' _ _ => slope_lipschitz k a a') row_bound col_bound
    s e t0 u y x d l t r V Vy X R Rn Hl Sn (fun _ _ _ _ _ => I) VP VyP XP RP HV HVy HX HR i j Hi Hj) as B.
  unfold theorem_8 in B. rewrite steep_common, bends_common in B.
  rewrite (sum_ext _ _ _ (fun q => κ (L - S q) * V (lag_slope L s e l (L - S q)))) in B.
  2:{ intros q Hq. unfold far. destruct (Nat.eqb_spec (L - S q) L); [lia|reflexivity]. }
  replace (far K L s e l V L) with (V (lag_error L e l)) in B by (unfold far; now rewrite Nat.eqb_refl).
  match goal with |- _ <= ?z => match type of B with _ <= ?y => replace z with y by ring end end.
  exact B.
Qed.
End Common.

Section Rate.
Variable K : oring.
Add Ring Kring3 : (law K).
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
End Rate.
