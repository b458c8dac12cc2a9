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
(** Both waves of one network, in the weighted norms of the tool: scales z for activities and y for errors, one s, κ
    and output weight q for each unit; σ and σ′ need to be Lipschitz about the drives a* of the fixed point only.
    p* is the error at the fixed point before σ′, and C = max (s |q| z ρ + κ |p*| Σ |W| z) / y. *)
Section Waves.
Variables (n : nat) (W : nat -> nat -> K) (c : nat -> K) (sg dsg : nat -> K -> K) (q target : nat -> K).
Variables (s κ z y : nat -> K) (x δ : nat -> nat -> K) (x_ δ_ : nat -> K).
Definition drive_at (v : nat -> K) i := sum n (fun j => W i j * v j) + c i.
Definition arriving (d v : nat -> K) i := sum n (fun j => W j i * d j) + q i * (v i - target i).
Hypothesis s_pos : forall i, 0 <= s i.
Hypothesis κ_pos : forall i, 0 <= κ i.
Hypothesis lipschitz : forall i a, |sg i a - sg i (drive_at x_ i)| <= s i * |a - drive_at x_ i|.
Hypothesis slope : forall i a, |dsg i a| <= s i.
Hypothesis slope_lipschitz : forall i a, |dsg i a - dsg i (drive_at x_ i)| <= κ i * |a - drive_at x_ i|.
Hypothesis forward_scale : forall i, (i < n)%nat -> s i * sum n (fun j => |W i j| * z j) <= ρ * z i.
Hypothesis backward_scale : forall i, (i < n)%nat -> s i * sum n (fun j => |W j i| * y j) <= ρ * y i.
Hypothesis runs : forall t i, x (S t) i = sg i (drive_at (x t) i).
Hypothesis stays : forall i, x_ i = sg i (drive_at x_ i).
Hypothesis wave_runs : forall t i, δ (S t) i = dsg i (drive_at (x t) i) * arriving (δ t) (x (S t)) i.
Hypothesis wave_stays : forall i, δ_ i = dsg i (drive_at x_ i) * arriving δ_ x_ i.

Lemma weighted_dot (w v u : nat -> K) e : 0 <= e -> (forall j, (j < n)%nat -> |v j| <= u j * e) ->
  |sum n (fun j => w j * v j)| <= sum n (fun j => |w j| * u j) * e.
Proof.
  intros E H. eapply le_trans; [apply abs_sum|]. rewrite <- sum_scale_r. apply sum_le. intros j Hj.
  replace (|w j| * u j * e) with (|w j| * (u j * e)) by ring. apply abs_mul_le; auto using le_refl.
Qed.

Lemma drive_moves v e : 0 <= e -> (forall j, (j < n)%nat -> |v j - x_ j| <= z j * e) ->
  forall i, |drive_at v i - drive_at x_ i| <= sum n (fun j => |W i j| * z j) * e.
Proof.
  intros E H i. replace (_ - _) with (sum n (fun j => W i j * (v j - x_ j))); [now apply weighted_dot|].
  unfold drive_at. rewrite (sum_ext _ _ _ (fun j => W i j * v j - W i j * x_ j)) by (intros; ring).
  rewrite sum_sub. ring.
Qed.

Theorem scaled_network_contracts e : 0 <= e -> (forall i, (i < n)%nat -> |x 0%nat i - x_ i| <= z i * e) ->
  forall t i, (i < n)%nat -> |x t i - x_ i| <= z i * (power ρ t * e).
Proof.
  intros E H. induction t; intros i Hi; cbn [power].
  - replace (z i * (1 * e)) with (z i * e) by ring. auto.
  - rewrite runs, (stays i). eapply le_trans; [apply lipschitz|].
    assert (P : 0 <= power ρ t * e) by (apply le_mul; auto using power_pos).
    eapply le_trans; [apply le_mul_l; [apply s_pos|apply (drive_moves _ _ P IHt)]|].
    replace (s i * (sum n (fun j => |W i j| * z j) * (power ρ t * e))) with
      (power ρ t * e * (s i * sum n (fun j => |W i j| * z j))) by ring.
    replace (z i * (ρ * power ρ t * e)) with (power ρ t * e * (ρ * z i)) by ring.
    apply le_mul_l; auto.
Qed.

Theorem waves_contract e P C : 0 <= e -> 0 <= P -> 0 <= C ->
  (forall i, (i < n)%nat ->
     s i * (|q i| * (z i * ρ)) + κ i * sum n (fun j => |W i j| * z j) * |arriving δ_ x_ i| <= C * y i) ->
  (forall i, (i < n)%nat -> |x 0%nat i - x_ i| <= z i * e) ->
  (forall i, (i < n)%nat -> |δ 0%nat i - δ_ i| <= y i * P) ->
  forall t i, (i < n)%nat -> |δ t i - δ_ i| <= y i * (power ρ t * P + powers t * (C * e)).
Proof.
  intros E HP HC Const X D. assert (Fw := scaled_network_contracts e E X).
  assert (Pw : forall t, 0 <= powers t).
  { induction t; simpl; [apply le_refl|]. apply le_add_pos; [now apply le_mul|now apply power_pos]. }
  induction t; intros i Hi.
  - cbn [power powers]. replace (y i * (1 * P + 0 * (C * e))) with (y i * P) by ring. auto.
  - cbn [power powers]. set (H := power ρ t * P + powers t * (C * e)) in IHt.
    assert (H0 : 0 <= H).
    { unfold H. apply le_add_pos; repeat apply le_mul; auto using power_pos. }
    assert (Pe : 0 <= power ρ t * e) by (apply le_mul; auto using power_pos).
    rewrite wave_runs, (wave_stays i).
    set (a := drive_at (x t) i). set (p := arriving δ_ x_ i).
    replace (dsg i a * arriving (δ t) (x (S t)) i - dsg i (drive_at x_ i) * p) with
      (dsg i a * (sum n (fun j => W j i * (δ t j - δ_ j)) + q i * (x (S t) i - x_ i))
       + (dsg i a - dsg i (drive_at x_ i)) * p).
    2:{ unfold p, arriving. rewrite (sum_ext _ _ (fun j => W j i * (δ t j - δ_ j))
          (fun j => W j i * δ t j - W j i * δ_ j)) by (intros; ring). rewrite sum_sub. ring. }
    apply le_trans with (s i * (sum n (fun j => |W j i| * y j) * H + |q i| * (z i * (power ρ (S t) * e)))
      + κ i * (sum n (fun j => |W i j| * z j) * (power ρ t * e)) * |p|).
    { apply abs_add_le; apply abs_mul_le.
      - apply slope.
      - apply abs_add_le; [now apply weighted_dot|apply abs_mul_le; auto using le_refl].
      - eapply le_trans; [apply slope_lipschitz|]. apply le_mul_l; [apply κ_pos|].
        apply (drive_moves _ _ Pe (Fw t)).
      - apply le_refl. }
    replace (s i * (sum n (fun j => |W j i| * y j) * H + |q i| * (z i * (power ρ (S t) * e)))
      + κ i * (sum n (fun j => |W i j| * z j) * (power ρ t * e)) * |p|) with
      (H * (s i * sum n (fun j => |W j i| * y j)) + power ρ t * e *
        (s i * (|q i| * (z i * ρ)) + κ i * sum n (fun j => |W i j| * z j) * |p|)) by (cbn [power]; ring).
    replace (y i * (ρ * power ρ t * P + (ρ * powers t + power ρ t) * (C * e))) with
      (H * (ρ * y i) + power ρ t * e * (C * y i)) by (unfold H; ring).
    apply le_add; apply le_mul_l; auto. now apply Const.
Qed.
End Waves.
End Cyclic.
