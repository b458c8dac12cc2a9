(** * Numbers, finite sums, ordered rings

    Vocabulary of every file: [K] a commutative ring (equality is Leibniz's), [vec K] a vector
    (component [i] of [x] is [x i]; a width [n] says how many count), [sum n f] = f 0 + … + f (n-1).
    Nothing here is about waves; nothing here needs an axiom. *)
From Coq Require Import ZArith Lia List Ring Ring_theory.

Record cring := {
  car :> Type;
  zero : car; one : car;
  add : car -> car -> car; mul : car -> car -> car; sub : car -> car -> car; opp : car -> car;
  law : ring_theory zero one add mul sub opp (@eq car) }.

Declare Scope K_scope.
Delimit Scope K_scope with K.
Arguments zero {_}. Arguments one {_}.
Infix "+" := (add _) : K_scope.
Infix "*" := (mul _) : K_scope.
Infix "-" := (sub _) : K_scope.
Notation "- a" := (opp _ a) : K_scope.
Notation "0" := zero : K_scope.
Notation "1" := one : K_scope.
Local Open Scope K_scope.

Definition vec (K : cring) := nat -> K.

Definition Zring : cring := Build_cring Z 0%Z 1%Z Z.add Z.mul Z.sub Z.opp Zth.

Section Sums.
Variable K : cring.
Add Ring Kring : (law K).

Fixpoint sum (n : nat) (f : nat -> K) : K :=
  match n with O => 0 | S m => sum m f + f m end.

Fixpoint power (a : K) (n : nat) : K := match n with O => 1 | S m => a * power a m end.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n; intros E; simpl; [reflexivity|].
  rewrite IHn, (E n); auto.
Qed.

Lemma sum_zero n : sum n (fun _ => 0) = 0.
Proof. induction n; simpl; [reflexivity|]. rewrite IHn; ring. Qed.

Lemma sum_add n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n; simpl; [ring|]. rewrite IHn; ring. Qed.

Lemma sum_scale n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n; simpl; [ring|]. rewrite IHn; ring. Qed.

Lemma sum_scale_r n c f : sum n (fun i => f i * c) = sum n f * c.
Proof. induction n; simpl; [ring|]. rewrite IHn; ring. Qed.

Lemma sum_sub n f g : sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n; simpl; [ring|]. rewrite IHn; ring. Qed.

Lemma sum_swap n m f :
  sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n; simpl; [now rewrite sum_zero|].
  rewrite IHn, <- sum_add. reflexivity.
Qed.

Lemma sum_delta n f k : (k < n)%nat ->
  sum n (fun i => f i * (if Nat.eqb i k then 1 else 0)) = f k.
Proof.
  induction n; intros H; [lia|]. simpl.
  destruct (Nat.eq_dec n k) as [->|N].
  - rewrite Nat.eqb_refl, (sum_ext k _ (fun _ => 0)), sum_zero; [ring|].
    intros i Hi. destruct (Nat.eqb_spec i k); [lia|ring].
  - destruct (Nat.eqb_spec n k); [lia|]. rewrite IHn; [ring|lia].
Qed.

Lemma sum_product n m f g :
  sum n (fun i => sum m (fun j => f i * g j)) = sum n f * sum m g.
Proof.
  rewrite (sum_ext n _ (fun i => f i * sum m g)); [apply sum_scale_r|].
  intros; apply sum_scale.
Qed.
End Sums.

Arguments sum {K}. Arguments power {K}.

(** An ordered ring with an absolute value: all that the error bounds use. *)
Record oring := {
  oring_ring :> cring;
  le : oring_ring -> oring_ring -> Prop;
  abs : oring_ring -> oring_ring;
  le_refl : forall a, le a a;
  le_trans : forall a b c, le a b -> le b c -> le a c;
  le_add : forall a b c d, le a b -> le c d -> le (a + c) (b + d);
  le_mul : forall a b, le 0 a -> le 0 b -> le 0 (a * b);
  le_0_1 : le 0 1;
  abs_pos : forall a, le 0 (abs a);
  abs_zero : abs 0 = 0;
  abs_opp : forall a, abs (- a) = abs a;
  abs_add : forall a b, le (abs (a + b)) (abs a + abs b);
  abs_mul : forall a b, le (abs (a * b)) (abs a * abs b) }.
Arguments le {_}. Arguments abs {_}.
Infix "<=" := le : K_scope.
Notation "| a |" := (abs a) (at level 35, format "| a |") : K_scope.

Definition Zoring : oring.
Proof.
  refine (Build_oring Zring Z.le Z.abs _ _ _ _ _ _ _ _ _ _); simpl; intros; try lia.
Defined.

Section Order.
Variable K : oring.
Add Ring Oring : (law K).

Lemma le_sub (a b : K) : a <= b -> 0 <= b - a.
Proof.
  intros H. replace (b - a) with (b + - a) by ring. replace 0 with (a + - a) by ring.
  apply le_add; [exact H|apply le_refl].
Qed.

Lemma le_of_sub (a b : K) : 0 <= b - a -> a <= b.
Proof.
  intros H. replace a with (0 + a) by ring. replace b with (b - a + a) by ring.
  apply le_add; [exact H|apply le_refl].
Qed.

Lemma le_mul_l (c a b : K) : 0 <= c -> a <= b -> c * a <= c * b.
Proof.
  intros C H. apply le_of_sub. replace (c * b - c * a) with (c * (b - a)) by ring.
  apply le_mul; [exact C|apply le_sub, H].
Qed.

Lemma le_mul2 (a b c d : K) : 0 <= a -> a <= b -> 0 <= c -> c <= d -> a * c <= b * d.
Proof.
  intros A AB C CD. apply le_trans with (a * d); [now apply le_mul_l|].
  replace (a * d) with (d * a) by ring. replace (b * d) with (d * b) by ring.
  apply le_mul_l; [now apply le_trans with c|exact AB].
Qed.

Lemma le_add_pos (a b : K) : 0 <= a -> 0 <= b -> 0 <= a + b.
Proof. intros A B. replace 0 with (0 + 0 : K) by ring. now apply le_add. Qed.

Lemma power_pos (a : K) n : 0 <= a -> 0 <= power a n.
Proof. intros A. induction n; simpl; [apply le_0_1|now apply le_mul]. Qed.

Lemma abs_mul_le (a b c d : K) : |a| <= c -> |b| <= d -> |a * b| <= c * d.
Proof.
  intros A B. apply le_trans with (|a| * |b|); [apply abs_mul|].
  apply le_mul2; auto using abs_pos.
Qed.

Lemma abs_add_le (a b c d : K) : |a| <= c -> |b| <= d -> |a + b| <= c + d.
Proof. intros A B. apply le_trans with (|a| + |b|); [apply abs_add|now apply le_add]. Qed.

Lemma sum_le n (f g : nat -> K) : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n; intros H; simpl; [apply le_refl|]. apply le_add; auto.
Qed.

Lemma abs_sum n (f : nat -> K) : |sum n f| <= sum n (fun i => |f i|).
Proof.
  induction n; simpl; [rewrite abs_zero; apply le_refl|].
  apply abs_add_le; [exact IHn|apply le_refl].
Qed.

Lemma sum_pos n (f : nat -> K) : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  induction n; intros H; simpl; [apply le_refl|]. apply le_add_pos; auto.
Qed.

(** |Σ_j w_j x_j| ≤ (Σ_j |w_j|) · sup |x_j|: the sup norm against the absolute row sum. *)
Lemma dot_le n (w x : nat -> K) c r :
  0 <= c -> sum n (fun j => |w j|) <= r -> (forall j, (j < n)%nat -> |x j| <= c) ->
  |sum n (fun j => w j * x j)| <= r * c.
Proof.
  intros C H X. apply le_trans with (sum n (fun j => |w j * x j|)); [apply abs_sum|].
  apply le_trans with (sum n (fun j => |w j| * c)).
  - apply sum_le. intros j Hj. apply abs_mul_le; [apply le_refl|auto].
  - rewrite sum_scale_r. replace (sum n (fun i => |w i|) * c) with (c * sum n (fun i => |w i|)) by ring.
    replace (r * c) with (c * r) by ring. now apply le_mul_l.
Qed.
End Order.
