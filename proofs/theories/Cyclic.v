(** * Cyclic networks: t ρ^t

    Paper, conclusions: the diffusion "for cyclic graphs … degenerates to Backprop in case of static
    networks".  Claims K14, C14.

    Vocabulary.  x(t+1) = σ(W x(t) + c), a fixed input inside c; x* a fixed point; e_t = |x(t) - x*|_∞.
    δ(t+1) = σ′(a(t+1)) ⊙ (Wᵀ δ(t) + ε(t+1)); δ* its fixed point at x*; η_t = |δ(t) - δ*|.  Under
    ρ = s1 |W|_∞ < 1 both waves converge: e_t ≤ ρ^t e_0 and η_t ≤ ρ^t η_0 + t ρ^(t-1) C e_0.
    ([powers t] below is t ρ^(t-1), so that no exponent is cut off.) *)
From Coq Require Import Lia Ring.
From WaveProof Require Import Algebra.
Local Open Scope K_scope.

Section Cyclic.
Variable K : oring.
Add Ring Kring : (law K).
Variable ρ : K.
Hypothesis ρ_pos : 0 <= ρ.

Fixpoint powers (t : nat) : K := match t with O => 0 | S t => ρ * powers t + power ρ t end.
Fixpoint natural (t : nat) : K := match t with O => 0 | S t => natural t + 1 end.
Lemma powers_spec t : ρ * powers t = natural t * power ρ t.
Proof.
  induction t; simpl; [ring|].
  replace (ρ * (ρ * powers t + power ρ t)) with (ρ * (ρ * powers t) + ρ * power ρ t) by ring.
  rewrite IHt. ring.
Qed.

Theorem forward_contracts (e : nat -> K) : (forall t, e (S t) <= ρ * e t) ->
  forall t, e t <= power ρ t * e 0%nat.
Proof.
  intros H. induction t; simpl.
  - replace (1 * e 0%nat) with (e 0%nat) by ring. apply le_refl.
  - eapply le_trans; [apply H|]. replace (ρ * power ρ t * e 0%nat) with (ρ * (power ρ t * e 0%nat)) by ring.
    now apply le_mul_l.
Qed.

Theorem backward_contracts (e η : nat -> K) C : 0 <= C ->
  (forall t, e (S t) <= ρ * e t) -> (forall t, η (S t) <= ρ * η t + C * e t) ->
  forall t, η t <= power ρ t * η 0%nat + powers t * (C * e 0%nat).
Proof.
  intros HC E H. induction t; simpl.
  - replace (1 * η 0%nat + 0 * (C * e 0%nat)) with (η 0%nat) by ring. apply le_refl.
  - eapply le_trans; [apply H|].
    replace (ρ * power ρ t * η 0%nat + (ρ * powers t + power ρ t) * (C * e 0%nat)) with
      (ρ * (power ρ t * η 0%nat + powers t * (C * e 0%nat)) + C * (power ρ t * e 0%nat)) by ring.
    apply le_add; apply le_mul_l; auto. now apply forward_contracts.
Qed.

(** The forward hypothesis is what a network satisfies: n units, |W|_∞ ≤ r, σ s1-Lipschitz, ρ = s1 r. *)
Theorem network_contracts n (W : nat -> nat -> K) (c : nat -> K) (sg : K -> K) s1 r x star :
  0 <= s1 -> ρ = s1 * r -> (forall a a', |sg a - sg a'| <= s1 * |a - a'|) ->
  (forall i, (i < n)%nat -> sum n (fun j => |W i j|) <= r) ->
  (forall t i, x (S t) i = sg (sum n (fun j => W i j * x t j) + c i)) ->
  (forall i, star i = sg (sum n (fun j => W i j * star j) + c i)) ->
  forall e0, 0 <= e0 -> (forall i, (i < n)%nat -> |x 0%nat i - star i| <= e0) ->
  forall t i, (i < n)%nat -> |x t i - star i| <= power ρ t * e0.
Proof.
  intros S1 Hρ Lip Row X Star e0 E0 H0. induction t; intros i Hi; simpl.
  - replace (1 * e0) with e0 by ring. auto.
  - rewrite X, (Star i). eapply le_trans; [apply Lip|].
    replace (ρ * power ρ t * e0) with (s1 * (r * (power ρ t * e0))) by (rewrite Hρ; ring).
    apply le_mul_l; [exact S1|].
    replace (_ - _) with (sum n (fun j => W i j * (x t j - star j))).
    + apply dot_le; auto. apply le_mul; auto using power_pos.
    + rewrite (sum_ext _ _ _ (fun j => W i j * x t j - W i j * star j)) by (intros; ring).
      rewrite sum_sub. ring.
Qed.
End Cyclic.
