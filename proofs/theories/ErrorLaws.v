(** * Exact laws of the error and of the angle, at any input speed

    Paper: "for all other layers, Eq. 5 turns out to be an approximation of the gradient".
    Claims K8 (what the approximation is, exactly), C7 (Theorem 7).  The tool: [waveproof bound].

    Vocabulary.  The wave's own σ′; b = t - lag_error the frame of δ, a = t - lag_input the frame of x.
      g - grad_b = δ_b (x_a - x_b)ᵀ        ⟨g, grad_b⟩ = |δ_b|² ⟨x_a, x_b⟩
    so the relative error is |x_a - x_b| / |x_b| and the angle that between x_a and x_b. *)
From Coq Require Import ZArith Lia Ring Reals Lra.
From WaveProof Require Import Algebra Waves Timing Exactness Refutation Derivative.
Local Open Scope K_scope.

Section Laws.
Variable K : cring.
Add Ring Kring : (law K).
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (dl : K -> K -> K).
Variables (e : error) (t0 : Z) (u y : Z -> vec K) (x d : Z -> nat -> vec K).
Hypothesis R : run K L n W b sg dsg dl FrameConsistent e t0 u y x d.
Variables (l : nat) (t : Z).
Hypothesis Hl : (1 <= l <= L)%nat.
Hypothesis Hseen : seen L FrameConsistent e l t0 t.

Definition δ_b : vec K :=
  delta K L n W b sg dsg dl (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l.
Definition x_a : vec K := F K n W b sg (pred l) (u (t - lag_input l)%Z).
Definition x_b : vec K := F K n W b sg (pred l) (u (t - lag_error L e l)%Z).
Definition g i j : K := update K x d t l i j.
Definition grad_b i j : K :=
  grad K L n W b sg dsg dl (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l i j.
Definition dot m (v w : vec K) : K := sum m (fun i => v i * w i).
(** ⟨G, H⟩, the Frobenius inner product of n_l × n_{l-1} matrices *)
Definition frobenius (G H : nat -> nat -> K) : K :=
  sum (n l) (fun i => sum (n (pred l)) (fun j => G i j * H i j)).

Lemma update_two_frames i j : g i j = δ_b i * x_a j.
Proof.
  destruct Hseen as (Hi & He & Hs). unfold g, x_a.
  rewrite (multi_frame K L n W b sg dsg dl _ e t0 u y x d l t R Hl Hi He Hs i j).
  f_equal. apply delta_of_same; try easy; try lia.
  intros k Hk q. now rewrite frame_consistent_slope_lag.
Qed.

Theorem error_law i j : g i j - grad_b i j = δ_b i * (x_a j - x_b j).
Proof. rewrite update_two_frames. unfold grad_b, grad. fold δ_b. fold x_b. ring. Qed.

Lemma frobenius_outer (v v' w w' : vec K) :
  frobenius (fun i j => v i * w j) (fun i j => v' i * w' j) = dot (n l) v v' * dot (n (pred l)) w w'.
Proof.
  unfold frobenius, dot. rewrite <- sum_product.
  apply sum_ext; intros i _; apply sum_ext; intros j _. ring.
Qed.

Lemma frobenius_ext G G' H H' : (forall i j, G i j = G' i j) -> (forall i j, H i j = H' i j) ->
  frobenius G H = frobenius G' H'.
Proof.
  intros A B. unfold frobenius. apply sum_ext; intros i _; apply sum_ext; intros j _. now rewrite A, B.
Qed.

(** |g - grad_b|²_F = |δ_b|² |x_a - x_b|² *)
Theorem error_norm_law :
  let E := fun i j => g i j - grad_b i j in let v := fun j => x_a j - x_b j in
  frobenius E E = dot (n l) δ_b δ_b * dot (n (pred l)) v v.
Proof.
  cbv zeta. rewrite <- frobenius_outer. apply frobenius_ext; intros; apply error_law.
Qed.

(** ⟨g, grad_b⟩ = |δ_b|² ⟨x_a, x_b⟩, and the two norms *)
Theorem inner_product_law : frobenius g grad_b = dot (n l) δ_b δ_b * dot (n (pred l)) x_a x_b.
Proof. rewrite <- frobenius_outer. apply frobenius_ext; intros; [apply update_two_frames|reflexivity]. Qed.
Theorem update_norm_law : frobenius g g = dot (n l) δ_b δ_b * dot (n (pred l)) x_a x_a.
Proof. rewrite <- frobenius_outer. apply frobenius_ext; intros; apply update_two_frames. Qed.
Theorem gradient_norm_law : frobenius grad_b grad_b = dot (n l) δ_b δ_b * dot (n (pred l)) x_b x_b.
Proof. rewrite <- frobenius_outer. now apply frobenius_ext. Qed.
End Laws.

(** σ ≥ 0 (relu, logistic) and l ≥ 2: the update never ascends the loss of frame b, however fast the
    input moves. *)
Theorem never_ascends (K : oring) L n W b sg dsg dl e t0 u y x d l t :
  run K L n W b sg dsg dl FrameConsistent e t0 u y x d -> (2 <= l <= L)%nat ->
  seen L FrameConsistent e l t0 t -> (forall a : K, 0 <= a * a) -> (forall k a, 0 <= sg k a) ->
  0 <= frobenius K n l (g K x d l t) (grad_b K L n W b sg dsg dl e u y l t).
Proof.
  intros R Hl S Sq Pos.
  rewrite (inner_product_law K L n W b sg dsg dl e t0 u y x d R l t ltac:(lia) S).
  destruct l as [|[|m]]; [lia|lia|].
  apply le_mul; apply sum_pos; intros i _; [apply Sq|]. unfold x_a, x_b. apply le_mul; apply Pos.
Qed.

(** ** Over the reals: the largest entry, and the cosine *)
Section Reals.
Local Open Scope R_scope.
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> R) (b : nat -> nat -> R).
Variables (sg dsg : nat -> R -> R) (dl : R -> R -> R).
Variables (e : error) (t0 : Z) (u y : Z -> vec Rring) (x d : Z -> nat -> vec Rring).
Hypothesis Rn : run Rring L n W b sg dsg dl FrameConsistent e t0 u y x d.
Variables (l : nat) (t : Z).
Hypothesis Hl : (1 <= l <= L)%nat.
Hypothesis Hseen : seen L FrameConsistent e l t0 t.
Notation g := (g Rring x d l t : nat -> nat -> R).
Notation grad_b := (grad_b Rring L n W b sg dsg dl e u y l t : nat -> nat -> R).
Notation δ_b := (δ_b Rring L n W b sg dsg dl e u y l t : nat -> R).
Notation x_a := (x_a Rring n W b sg u l t : nat -> R).
Notation x_b := (x_b Rring L n W b sg e u l t : nat -> R).

(** [peak m v c]: c is the sup norm of v, attained *)
Definition peak (m : nat) (v : nat -> R) c :=
  (forall i, (i < m)%nat -> Rabs (v i) <= c) /\ exists i, (i < m)%nat /\ Rabs (v i) = c.

(** |g - grad_b|_max = |δ_b|_∞ |x_a - x_b|_∞ *)
Theorem max_error_law c c' : peak (n l) δ_b c -> peak (n (pred l)) (fun j => x_a j - x_b j) c' ->
  (forall i j, (i < n l)%nat -> (j < n (pred l))%nat -> Rabs (g i j - grad_b i j) <= c * c') /\
  exists i j, (i < n l)%nat /\ (j < n (pred l))%nat /\ Rabs (g i j - grad_b i j) = c * c'.
Proof.
  intros [A (i & Hi & Ai)] [B (j & Hj & Bj)].
  assert (E : forall i j, g i j - grad_b i j = δ_b i * (x_a j - x_b j))
    by exact (error_law Rring L n W b sg dsg dl e t0 u y x d Rn l t Hl Hseen).
  split.
  - intros p q Hp Hq. rewrite E, Rabs_mult.
    apply Rmult_le_compat; auto using Rabs_pos.
  - exists i, j. split; [exact Hi|split; [exact Hj|]]. now rewrite E, Rabs_mult, Ai, Bj.
Qed.

Notation ip := (frobenius Rring n l : _ -> _ -> R).
Notation dot := (dot Rring : nat -> _ -> _ -> R).

Lemma dot_self_pos m (v : vec Rring) : 0 <= dot m v v.
Proof.
  unfold ErrorLaws.dot. induction m; simpl; [lra|]. 
  apply Rplus_le_le_0_compat; [exact IHm|]. apply Rle_0_sqr.
Qed.

(** cos(g, grad_b) = cos(x_a, x_b), whenever δ_b ≠ 0 *)
Theorem angle_law : dot (n l) δ_b δ_b <> 0 ->
  ip g grad_b / (sqrt (ip g g) * sqrt (ip grad_b grad_b)) =
  dot (n (pred l)) x_a x_b / (sqrt (dot (n (pred l)) x_a x_a) * sqrt (dot (n (pred l)) x_b x_b)).
Proof.
  intros Hd.
  assert (I : ip g grad_b = dot (n l) δ_b δ_b * dot (n (pred l)) x_a x_b)
    by exact (inner_product_law Rring L n W b sg dsg dl e t0 u y x d Rn l t Hl Hseen).
  assert (G : ip g g = dot (n l) δ_b δ_b * dot (n (pred l)) x_a x_a)
    by exact (update_norm_law Rring L n W b sg dsg dl e t0 u y x d Rn l t Hl Hseen).
  assert (H : ip grad_b grad_b = dot (n l) δ_b δ_b * dot (n (pred l)) x_b x_b)
    by exact (gradient_norm_law Rring L n W b sg dsg dl e u y l t).
  rewrite I, G, H. clear I G H.
  assert (P := dot_self_pos (n l) δ_b).
  rewrite !sqrt_mult by apply dot_self_pos.
  set (c := dot (n l) δ_b δ_b) in *. set (p := sqrt (dot _ x_a x_a)). set (q := sqrt (dot _ x_b x_b)).
  replace (sqrt c * p * (sqrt c * q)) with ((sqrt c * sqrt c) * (p * q)) by ring.
  rewrite sqrt_sqrt by exact P. unfold Rdiv.
  rewrite Rinv_mult.
  set (z := dot _ x_a x_b). replace (c * z * (/ c * / (p * q))) with ((c * / c) * (z * / (p * q))) by ring.
  rewrite Rinv_r by exact Hd. ring.
Qed.
End Reals.
