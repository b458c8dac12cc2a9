(** * The update at l_s is the derivative of the loss, over the reals

    Paper: (6) and "the gradient is correctly computed".  Claim K2 over ℝ; relu off its kinks.

    Vocabulary.  [loss W v z] = Σ_i V(x_{L,i}, z_i), a function of the weights; [moved h] the weights
    with W_{l-1} + h E; [derivable_pt_lim f a c]: f has the derivative c at a (standard library).
    σ need be differentiable only at the pre-activations that frame visits. *)
From Coq Require Import Reals Lra Lia Arith ZArith.
From WaveProof Require Import Algebra Waves Adjoint Timing Exactness.
Local Open Scope R_scope.

Definition Rring : cring := Build_cring R 0 1 Rplus Rmult Rminus Ropp RTheory.

Lemma derivable_pt_lim_eq f g a c : (forall h, f h = g h) ->
  derivable_pt_lim f a c -> derivable_pt_lim g a c.
Proof.
  intros E D ε Hε. destruct (D ε Hε) as [δ H]. exists δ. intros h H0 H1.
  rewrite <- !E. now apply H.
Qed.

Lemma derivable_sum m (f : nat -> R -> R) a (c : nat -> R) :
  (forall i, derivable_pt_lim (f i) a (c i)) ->
  derivable_pt_lim (fun h => sum (K := Rring) m (fun i => f i h)) a (sum (K := Rring) m c).
Proof.
  intros H. induction m; simpl; [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_plus (fun h => sum (K := Rring) m (fun i => f i h)) (f m)); auto.
Qed.

Lemma derivable_line a c x : derivable_pt_lim (fun h => a + c * h) x c.
Proof.
  intros ε Hε. exists (mkposreal 1 Rlt_0_1). intros h H0 _.
  replace ((a + c * (x + h) - (a + c * x)) / h - c) with 0 by (field; exact H0).
  now rewrite Rabs_R0.
Qed.

Section Derivative.
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> R) (b : nat -> nat -> R).
Variables (sg dsg : nat -> R -> R) (V dl : R -> R -> R).
Notation F W := (F Rring n W b sg).
Notation drive W := (drive Rring n W b sg).
Variables (v z : vec Rring) (q : nat) (E : nat -> nat -> R).

Definition loss (W : nat -> nat -> nat -> R) : R :=
  sum (K := Rring) (n L) (fun i => V (F W L v i) (z i)).
Definition moved (h : R) : nat -> nat -> nat -> R :=
  fun k i j => W k i j + (if Nat.eqb k q then h * E i j else 0).

Hypothesis sigma_derivable : forall k i, (q < k <= L)%nat ->
  derivable_pt_lim (sg k) (drive W k v i) (dsg k (drive W k v i)).
Hypothesis loss_derivable : forall i,
  derivable_pt_lim (fun x => V x (z i)) (F W L v i) (dl (F W L v i) (z i)).

Lemma moved_below h k i : (k <= q)%nat -> F (moved h) k v i = F W k v i.
Proof.
  revert i. induction k; intros i Hk; [reflexivity|]. cbn [Waves.F]. f_equal.
  unfold affine. f_equal. apply sum_ext. intros j _. rewrite IHk by lia.
  unfold moved. destruct (Nat.eqb_spec k q); [lia|]. simpl. now rewrite Rplus_0_r.
Qed.

Lemma moved_zero k i : F (moved 0) k v i = F W k v i.
Proof.
  revert i. induction k; intros i; [reflexivity|]. cbn [Waves.F]. f_equal.
  unfold affine. f_equal. apply sum_ext. intros j _. rewrite IHk. simpl. f_equal.
  unfold moved. destruct (Nat.eqb k q); ring.
Qed.

Lemma activity_derivable m i :
  derivable_pt_lim (fun h => drive (moved h) (S q + m) v i) 0
    (ta Rring n W b sg dsg v q E m i) ->
  (S q + m <= L)%nat ->
  derivable_pt_lim (fun h => F (moved h) (S q + m) v i) 0 (tx Rring n W b sg dsg v q E m i).
Proof.
  intros D Hm. unfold tx.
  apply derivable_pt_lim_eq with (f := fun h => sg (S q + m)%nat (drive (moved h) (S q + m) v i));
    [reflexivity|].
  apply (derivable_pt_lim_comp (fun h => drive (moved h) (S q + m) v i) (sg (S q + m)%nat) 0);
    [exact D|].
  replace (drive (moved 0) (S q + m) v i) with (drive W (S q + m) v i); [apply sigma_derivable; lia|].
  unfold Waves.drive, affine. f_equal. apply sum_ext. intros j _. rewrite moved_zero. simpl. f_equal.
  unfold moved. destruct (Nat.eqb _ q); ring.
Qed.

Lemma drive_derivable m : (S q + m <= L)%nat -> forall i,
  derivable_pt_lim (fun h => drive (moved h) (S q + m) v i) 0 (ta Rring n W b sg dsg v q E m i).
Proof.
  induction m; intros Hm i.
  - rewrite Nat.add_0_r. cbn [ta]. unfold Waves.drive, affine. cbn [pred].
    replace (sum (K := Rring) (n q) _) with
      (sum (K := Rring) (n q) (fun j => E i j * F W q v j) + 0) by (simpl; apply Rplus_0_r).
    apply (derivable_pt_lim_plus (fun h => sum (K := Rring) (n q) _) (fun _ => b q i));
      [|apply derivable_pt_lim_const].
    apply (derivable_sum (n q) (fun j h => moved h q i j * F (moved h) q v j)). intros j.
    apply derivable_pt_lim_eq with (f := fun h => W q i j * F W q v j + E i j * F W q v j * h).
    + intros h. rewrite moved_below by lia. unfold moved. rewrite Nat.eqb_refl. simpl. ring.
    + apply derivable_line.
  - replace (S q + S m)%nat with (S (S q + m)) by lia. cbn [ta].
    unfold Waves.drive, affine. cbn [pred].
    match goal with |- derivable_pt_lim _ _ ?s => replace s with (s + 0) by (simpl; apply Rplus_0_r) end.
    apply (derivable_pt_lim_plus (fun h => sum (K := Rring) (n (S q + m)) _) (fun _ => b (S q + m)%nat i));
      [|apply derivable_pt_lim_const].
    apply (derivable_sum (n (S q + m)%nat)
      (fun j h => moved h (S q + m)%nat i j * F (moved h) (S q + m) v j)). intros j.
    apply derivable_pt_lim_eq with (f := fun h => W (S q + m)%nat i j * F (moved h) (S q + m) v j).
    + intros h. unfold moved at 2. destruct (Nat.eqb_spec (S q + m) q); [lia|]. simpl. ring.
    + apply (derivable_pt_lim_scal (fun h => F (moved h) (S q + m) v j)).
      apply activity_derivable; [apply IHm|]; lia.
Qed.

Theorem loss_derivative : (S q <= L)%nat ->
  derivable_pt_lim (fun h => loss (moved h)) 0
    (sum (K := Rring) (n (S q)) (fun i => sum (K := Rring) (n q) (fun j =>
       grad Rring L n W b sg dsg dl v z (S q) i j * E i j))).
Proof.
  intros Hq.
  pose proof (reverse_is_forward Rring L n W b sg dsg dl v z q E Hq) as A. 
  match goal with |- derivable_pt_lim _ _ ?s => replace s with
    (loss_tangent Rring L n W b sg dsg dl v z q E) by (symmetry; exact A) end.
  unfold loss_tangent, loss. apply derivable_sum. intros i.
  apply (derivable_pt_lim_comp (fun h => F (moved h) L v i) (fun x => V x (z i)) 0).
  - pose proof (activity_derivable (L - S q) i (drive_derivable (L - S q) ltac:(lia) i) ltac:(lia)) as D.
    now replace (S q + (L - S q))%nat with L in D by lia.
  - rewrite moved_zero. apply loss_derivable.
Qed.
End Derivative.

(** The single weight (i, j). *)
Definition unit_direction (i0 j0 i j : nat) : R :=
  (if Nat.eqb i i0 then 1 else 0) * (if Nat.eqb j j0 then 1 else 0).

Theorem grad_is_derivative L n W b sg dsg V dl v z q i j :
  (S q <= L)%nat -> (i < n (S q))%nat -> (j < n q)%nat ->
  (forall k i, (q < k <= L)%nat -> derivable_pt_lim (sg k) (drive Rring n W b sg k v i)
                                     (dsg k (drive Rring n W b sg k v i))) ->
  (forall i, derivable_pt_lim (fun x => V x (z i)) (F Rring n W b sg L v i)
               (dl (F Rring n W b sg L v i) (z i))) ->
  derivable_pt_lim (fun h => loss L n b sg V v z (moved W q (unit_direction i j) h)) 0
    (grad Rring L n W b sg dsg dl v z (S q) i j).
Proof.
  intros Hq Hi Hj S D.
  pose proof (loss_derivative L n W b sg dsg V dl v z q (unit_direction i j) S D Hq) as P.
  rewrite (sum_ext Rring _ _ (fun i' => grad Rring L n W b sg dsg dl v z (Datatypes.S q) i' j
     * (if Nat.eqb i' i then 1 else 0))) in P.
  - now rewrite (sum_delta Rring _ (fun i' => grad Rring L n W b sg dsg dl v z (Datatypes.S q) i' j)) in P.
  - intros i' _. unfold unit_direction.
    rewrite <- (sum_delta Rring (n q) (fun j' => grad Rring L n W b sg dsg dl v z (Datatypes.S q) i' j'
       * (if Nat.eqb i' i then 1 else 0)) j Hj).
    apply sum_ext. intros j' _. simpl. ring.
Qed.

(** The quadratic loss ½(x - y)², and relu with the contract's relu′(0) = 0. *)
Definition quadratic (x y : R) : R := / 2 * ((x - y) * (x - y)).
Lemma quadratic_derivable x y : derivable_pt_lim (fun x => quadratic x y) x (x - y).
Proof.
  replace (x - y) with (/ 2 * (1 * (x - y) + (x - y) * 1)) by field.
  assert (D : derivable_pt_lim (fun x => x - y) x 1).
  { replace 1 with (1 - 0) by ring. apply (derivable_pt_lim_minus id (fun _ => y));
      [apply derivable_pt_lim_id|apply derivable_pt_lim_const]. }
  apply (derivable_pt_lim_scal (fun x => (x - y) * (x - y))).
  now apply (derivable_pt_lim_mult (fun x => x - y) (fun x => x - y)).
Qed.

Definition relu (a : R) : R := if Rle_dec a 0 then 0 else a.
Definition drelu (a : R) : R := if Rle_dec a 0 then 0 else 1.
Lemma relu_derivable a : a <> 0 -> derivable_pt_lim relu a (drelu a).
Proof.
  intros Ha ε Hε. assert (P : 0 < Rabs a) by now apply Rabs_pos_lt.
  exists (mkposreal _ P). simpl. intros h H0 Hh. unfold relu, drelu.
  assert (-Rabs a < h < Rabs a) by (unfold Rabs in *; destruct (Rcase_abs h), (Rcase_abs a); lra).
  destruct (Rle_dec a 0).
  - rewrite Rabs_left in * by lra. destruct (Rle_dec (a + h) 0); [|lra].
    replace ((0 - 0) / h - 0) with 0 by (field; exact H0). now rewrite Rabs_R0.
  - rewrite Rabs_right in * by lra. destruct (Rle_dec (a + h) 0); [lra|].
    replace ((a + h - a) / h - 1) with 0 by (field; exact H0). now rewrite Rabs_R0.
Qed.

(** K2 over ℝ: at l_s the update *is* the derivative of the loss of frame t - (L-1)/2 with respect to
    that weight.  Quadratic loss, any σ differentiable at the points that frame visits. *)
Theorem update_at_l_s_is_derivative p n W b sg dsg t0 u y x d :
  run Rring (2 * p + 1) n W b sg dsg Rminus FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z -> (i < n (p + 1))%nat -> (j < n p)%nat ->
  let v := u (t - Z.of_nat p)%Z in let z := y (t - Z.of_nat p)%Z in
  (forall k i, (p < k <= 2 * p + 1)%nat ->
     derivable_pt_lim (sg k) (drive Rring n W b sg k v i) (dsg k (drive Rring n W b sg k v i))) ->
  derivable_pt_lim
    (fun h => loss (2 * p + 1) n b sg quadratic v z (moved W p (unit_direction i j) h)) 0
    (update Rring x d t (p + 1) i j).
Proof.
  intros R t i j Ht Hi Hj v z S.
  rewrite (exact_at_l_s Rring p n W b sg dsg Rminus t0 u y x d R t i j Ht). fold v z.
  replace (p + 1)%nat with (Datatypes.S p) in * by lia.
  apply grad_is_derivative; auto; [lia|]. intros. apply quadratic_derivable.
Qed.

(** relu, at frames that put no unit on its kink. *)
Corollary relu_at_l_s p n W b t0 u y x d :
  run Rring (2 * p + 1) n W b (fun _ => relu) (fun _ => drelu) Rminus FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z -> (i < n (p + 1))%nat -> (j < n p)%nat ->
  let v := u (t - Z.of_nat p)%Z in let z := y (t - Z.of_nat p)%Z in
  (forall k i, (p < k <= 2 * p + 1)%nat -> drive Rring n W b (fun _ => relu) k v i <> 0) ->
  derivable_pt_lim (fun h => loss (2 * p + 1) n b (fun _ => relu) quadratic v z
                               (moved W p (unit_direction i j) h)) 0
    (update Rring x d t (p + 1) i j).
Proof.
  intros R t i j Ht Hi Hj v z Kink.
  apply (update_at_l_s_is_derivative p n W b _ _ t0 u y x d R t i j Ht Hi Hj).
  intros k i' Hk. apply relu_derivable, Kink, Hk.
Qed.
