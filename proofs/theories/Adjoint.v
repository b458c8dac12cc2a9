(** * What [grad] means: reverse mode equals forward mode, in any commutative ring

    Paper: g_{t,l} is called the gradient because Backpropagation computes it; here that is a theorem.
    Claim K2 (meaning of "gradient").

    Vocabulary.  [E i j] a direction for W_{l-1}; [ta m], [tx m] the tangents of the drive and the
    activity of layer l + m along it (forward mode: chain rule, no transposes); [loss_tangent] the
    directional derivative of the loss.  Indices: l = S q, so that W_{l-1} = W q. *)
From Coq Require Import Lia Ring Arith.
From WaveProof Require Import Algebra Waves.
Local Open Scope K_scope.

Section Adjoint.
Variable K : cring.
Add Ring Kring : (law K).
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (dl : K -> K -> K).
Notation F := (F K n W b sg).
Notation drive := (drive K n W b sg).
Notation delta := (delta K L n W b sg dsg dl).
Notation grad := (grad K L n W b sg dsg dl).
Variables (v z : vec K) (q : nat) (E : nat -> nat -> K).

(** The static backward pass, as Backpropagation states it. *)
Lemma delta_output i : delta v z L i = dsg L (drive L v i) * dl (F L v i) (z i).
Proof. unfold Waves.delta, delta_of. now rewrite Nat.sub_diag. Qed.

Lemma delta_step k i : (k < L)%nat ->
  delta v z k i = dsg k (drive k v i) * sum (n (S k)) (fun j => W k j i * delta v z (S k) j).
Proof.
  intros Hk. unfold Waves.delta, delta_of. replace (L - k)%nat with (S (L - S k)) by lia.
  cbn [wave]. replace (L - S (L - S k))%nat with k by lia.
  now replace (L - (L - S k))%nat with (S k) by lia.
Qed.

Fixpoint ta (m : nat) : vec K :=
  match m with
  | O => fun i => sum (n q) (fun j => E i j * F q v j)
  | S m => fun i => sum (n (S q + m)) (fun j =>
      W (S q + m)%nat i j * (dsg (S q + m) (drive (S q + m) v j) * ta m j))
  end.
Definition tx (m : nat) : vec K := fun i => dsg (S q + m) (drive (S q + m) v i) * ta m i.
Definition loss_tangent : K :=
  sum (n L) (fun i => dl (F L v i) (z i) * tx (L - S q) i).

Lemma adjoint_invariant r m : (S q + m + r = L)%nat ->
  sum (n (S q + m)) (fun i => delta v z (S q + m) i * ta m i) = loss_tangent.
Proof.
  revert m. induction r; intros m H.
  - unfold loss_tangent. replace (S q + m)%nat with L by lia.
    apply sum_ext. intros i _. rewrite delta_output. unfold tx.
    replace (L - S q)%nat with m by lia. replace (S q + m)%nat with L by lia. ring.
  - rewrite <- (IHr (S m)) by lia.
    rewrite (sum_ext _ _ _ (fun i => sum (n (S (S q + m)))
      (fun j => W (S q + m)%nat j i * delta v z (S (S q + m)) j * tx m i))).
    + rewrite sum_swap. replace (S q + S m)%nat with (S (S q + m)) by lia.
      apply sum_ext. intros j _. cbn [ta]. rewrite <- sum_scale.
      apply sum_ext. intros i _. unfold tx. ring.
    + intros i _. rewrite delta_step by lia. rewrite sum_scale_r. unfold tx. ring.
Qed.

(** Reverse mode = forward mode: ⟨grad, E⟩ is the derivative of the loss along E, for every E. *)
Theorem reverse_is_forward : (S q <= L)%nat ->
  sum (n (S q)) (fun i => sum (n q) (fun j => grad v z (S q) i j * E i j)) = loss_tangent.
Proof.
  intros H. rewrite <- (adjoint_invariant (L - S q) 0) by lia. rewrite Nat.add_0_r.
  apply sum_ext. intros i _. cbn [ta]. rewrite <- sum_scale.
  apply sum_ext. intros j _. unfold Waves.grad. cbn [pred]. ring.
Qed.
End Adjoint.
