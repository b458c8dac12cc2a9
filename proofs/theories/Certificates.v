(** * Two certificates are sound: the monotone vertex and the mean value

    Paper: "very well approximates the gradient for inputs that are not too fast": how well, two-sided.
    Claims C12, C13.  The tool: [waveproof bound], methods "monotone" and "mean-value".

    Vocabulary.  [E] an error entry as a function of k increments z 0 … z (k-1); the box is
    [lo i ≤ z i ≤ hi i]; [set z i a] is z with coordinate i replaced; [up i] the direction certified
    for coordinate i; [vertex] takes hi where up, lo where down.  *)
From Coq Require Import Reals Lra Lia Arith FunctionalExtensionality Bool.
Local Open Scope R_scope.

Section Certificates.
Variables (k : nat) (E : (nat -> R) -> R) (lo hi : nat -> R) (up : nat -> bool).
Definition set (z : nat -> R) (i : nat) (a : R) : nat -> R := fun j => if Nat.eqb j i then a else z j.
Definition in_box (z : nat -> R) : Prop := forall i, (i < k)%nat -> lo i <= z i <= hi i.
(** E looks at k coordinates *)
Hypothesis local : forall z z', (forall i, (i < k)%nat -> z i = z' i) -> E z = E z'.
Hypothesis box : forall i, (i < k)%nat -> lo i <= hi i.

Definition monotone : Prop := forall z i a a', (i < k)%nat -> in_box z ->
  lo i <= a -> a <= a' -> a' <= hi i ->
  if up i then E (set z i a) <= E (set z i a') else E (set z i a') <= E (set z i a).
Definition vertex (sense : bool) (i : nat) : R := if eqb (up i) sense then hi i else lo i.

Lemma set_same z i : set z i (z i) = z.
Proof. apply functional_extensionality. intros j. unfold set. now destruct (Nat.eqb_spec j i); subst. Qed.

(** [mix p z]: the first p coordinates at the vertex, the others those of z *)
Definition mix (sense : bool) (p : nat) (z : nat -> R) : nat -> R :=
  fun j => if Nat.ltb j p then vertex sense j else z j.

Lemma mix_box sense p z : in_box z -> in_box (mix sense p z).
Proof.
  intros B i Hi. unfold mix, vertex. assert (A := B i Hi). assert (C := box i Hi).
  destruct (Nat.ltb i p), (eqb (up i) sense); lra.
Qed.

Lemma mix_step sense p z : mix sense (S p) z = set (mix sense p z) p (vertex sense p).
Proof.
  apply functional_extensionality. intros j. unfold mix, set.
  destruct (Nat.eqb_spec j p), (Nat.ltb_spec j p), (Nat.ltb_spec j (S p)); subst; auto; lia.
Qed.

Lemma climb z : monotone -> in_box z -> forall p, (p <= k)%nat ->
  E (mix false p z) <= E z <= E (mix true p z).
Proof.
  intros M B. induction p; intros Hp.
  - assert (Q : forall s, E (mix s 0 z) = E z) by (intros s; apply local; reflexivity).
    rewrite !Q. lra.
  - assert (IH := IHp ltac:(lia)). rewrite !mix_step.
    assert (T : forall s, E (mix s p z) = E (set (mix s p z) p (z p))).
    { intros s. f_equal. rewrite <- (set_same (mix s p z) p) at 1. f_equal. unfold mix.
      destruct (Nat.ltb_spec p p); [lia|reflexivity]. }
    rewrite (T true), (T false) in IH. assert (Bp := B p ltac:(lia)).
    assert (L := fun s => M (mix s p z) p (lo p) (z p) ltac:(lia) (mix_box s p z B)
      (Rle_refl _) (proj1 Bp) (proj2 Bp)).
    assert (H := fun s => M (mix s p z) p (z p) (hi p) ltac:(lia) (mix_box s p z B)
      (proj1 Bp) (proj2 Bp) (Rle_refl _)).
    specialize (L true) as L1. specialize (L false) as L2.
    specialize (H true) as H1. specialize (H false) as H2.
    unfold vertex. destruct (up p); simpl; lra.
Qed.

(** C12: the range is attained at two explicit vertices: upper = lower, exactly. *)
Theorem monotone_vertex : monotone ->
  (forall z, in_box z -> E (vertex false) <= E z <= E (vertex true)) /\
  in_box (vertex false) /\ in_box (vertex true).
Proof.
  intros M. split; [|split]; [|intros i Hi; unfold vertex; specialize (box i Hi);
    destruct (eqb _ _); lra..].
  intros z B. assert (C := climb z M B k (le_n _)).
  assert (Q : forall s, E (mix s k z) = E (vertex s)).
  { intros s. apply local. intros i Hi. unfold mix. destruct (Nat.ltb_spec i k); [reflexivity|lia]. }
  now rewrite !Q in C.
Qed.

(** A partial derivative of one sign on the box is enough. *)
Theorem signed_derivative_monotone (dE : (nat -> R) -> nat -> R) :
  (forall z i, (i < k)%nat -> in_box z -> derivable_pt_lim (fun a => E (set z i a)) (z i) (dE z i)) ->
  (forall z i, (i < k)%nat -> in_box z -> if up i then 0 <= dE z i else dE z i <= 0) -> monotone.
Proof.
  intros D S z i a a' Hi B La Laa Lh.
  assert (Bx : forall c, lo i <= c <= hi i -> in_box (set z i c)).
  { intros c Hc j Hj. unfold set. destruct (Nat.eqb_spec j i); subst; auto. }
  assert (Dc : forall c, lo i <= c <= hi i ->
    derivable_pt_lim (fun a => E (set z i a)) c (dE (set z i c) i)).
  { intros c Hc. assert (P := D (set z i c) i Hi (Bx c Hc)).
    assert (Q : set z i c i = c) by (unfold set; now rewrite Nat.eqb_refl). rewrite Q in P.
    intros ε Hε. destruct (P ε Hε) as [δ Hδ]. exists δ. intros h H0 H1. specialize (Hδ h H0 H1).
    assert (W : forall b, set (set z i c) i b = set z i b).
    { intros b. apply functional_extensionality. intros j. unfold set. now destruct (Nat.eqb j i). }
    now rewrite !W in Hδ. }
  destruct (Req_dec a a') as [->|N]; [destruct (up i); lra|].
  destruct (MVT_cor2 (fun a => E (set z i a)) (fun c => dE (set z i c) i) a a') as (c & Hc & Lc);
    [lra|intros; apply Dc; lra|].
  specialize (S (set z i c) i Hi (Bx c ltac:(lra))).
  destruct (up i); nra.
Qed.
End Certificates.

(** C13: the mean-value form in increment coordinates.  If E has along every segment from the nominal
    point the directional derivative Σ J_i z_i with |J_i| ≤ B_i, then |E z - E 0| ≤ Σ B_i |z_i|. *)
Fixpoint rsum (k : nat) (f : nat -> R) : R := match k with O => 0 | S k => rsum k f + f k end.

Theorem mean_value k (E : (nat -> R) -> R) (J : (nat -> R) -> nat -> R) (B z : nat -> R) :
  (forall h, 0 <= h <= 1 -> derivable_pt_lim (fun h => E (fun i => h * z i)) h
     (rsum k (fun i => J (fun i => h * z i) i * z i))) ->
  (forall h i, 0 <= h <= 1 -> (i < k)%nat -> Rabs (J (fun i => h * z i) i) <= B i) ->
  Rabs (E (fun i => 1 * z i) - E (fun i => 0 * z i)) <= rsum k (fun i => B i * Rabs (z i)).
Proof.
  intros D HB.
  destruct (MVT_cor2 (fun h => E (fun i => h * z i))
    (fun h => rsum k (fun i => J (fun i => h * z i) i * z i)) 0 1) as (c & Hc & Lc);
    [lra|intros; apply D; lra|].
  rewrite Hc, Rminus_0_r, Rmult_1_r. specialize (HB c).
  assert (forall i, (i < k)%nat -> Rabs (J (fun i => c * z i) i) <= B i) by (intros; apply HB; auto; lra).
  clear - H. induction k; simpl; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; [apply IHk; auto|].
  rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|auto].
Qed.
