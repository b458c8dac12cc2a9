(** * Directed acyclic graphs: an edge with two lags is never exact (monotone necessity)

    Paper: "the given analysis can be extended to the case of any directed acyclic graph".
    Claims K11 (false for unbalanced edges), C9.  The tool: [waveproof verify], verdict "refuted".

    Vocabulary of Dag.v, over the integers.  σ and σ′ nonnegative and strictly increasing on [0, ∞)
    (σ = a², a² + a, a³ …), all weights > 0, biases ≥ 0, inputs > 0, targets 0: then x, δ and g are
    strictly increasing in every frame that they read.  So with the input 3 at one lag that is read and
    1 elsewhere, and another lag read too, g lies strictly between the gradients of the inputs 1 and 3,
    and every frame shows one of those. *)
From Coq Require Import ZArith Lia Bool Arith.
From WaveProof Require Import Algebra Dag.
Local Open Scope Z_scope.

Notation zsum := (@sum Zring).
Lemma zsum_le n (f g : nat -> Z) : (forall i, (i < n)%nat -> f i <= g i) -> zsum n f <= zsum n g.
Proof.
  induction n; intros H; simpl; [lia|].
  assert (A := IHn ltac:(auto)). assert (B := H n ltac:(lia)). simpl in *. lia.
Qed.
Lemma zsum_pos n (f : nat -> Z) : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= zsum n f.
Proof.
  intros H. assert (Z0 : zsum n (fun _ => 0) = 0) by exact (sum_zero Zring n).
  rewrite <- Z0 at 1. now apply zsum_le.
Qed.
Lemma zsum_lt n (f g : nat -> Z) k : (forall i, (i < n)%nat -> f i <= g i) -> (k < n)%nat ->
  f k < g k -> zsum n f < zsum n g.
Proof.
  induction n; intros H Hk S; simpl; [lia|]. assert (B := H n ltac:(lia)).
  destruct (Nat.eq_dec k n) as [->|N].
  - assert (A := zsum_le n f g ltac:(auto)). simpl in *. lia.
  - assert (A := IHn ltac:(auto) ltac:(lia) S). simpl in *. lia.
Qed.

Section Necessity.
Variables (m N : nat) (src dst fd bd : nat -> nat) (input output : nat -> bool).
Variables (w b : nat -> Z) (sg dsg : nat -> Z -> Z).
Hypothesis acyclic : forall e, (e < m)%nat -> (src e < dst e < N)%nat.
Hypothesis no_edge_into_input : forall e, (e < m)%nat -> input (dst e) = false.
Hypothesis weights : forall e, (e < m)%nat -> 0 < w e.
Hypothesis biases : forall v, 0 <= b v.
Hypothesis sigma_up : forall v a a', 0 <= a -> 0 <= sg v a /\ (a < a' -> sg v a < sg v a').
Hypothesis slope_up : forall v a a', 0 <= a -> 0 <= dsg v a /\ (a < a' -> dsg v a < dsg v a').
Notation gather := (gather Zring m dst w b).
Notation scatter := (scatter Zring m src w).
Notation pre := (pre Zring m src dst w b).
Notation present := (present Zring m src dst fd w b).
Notation static := (static Zring m src dst input w b sg).
Notation adjoint := (adjoint Zring m src dst output w b dsg).
Notation forward_run := (forward_run Zring m src dst fd input w b sg).
Notation backward_run := (backward_run Zring m src dst bd output w dsg).
Notation path_in := (path_in m src dst fd input).
Notation conn := (conn m src dst bd).
Notation path_out := (path_out m src dst bd output).

Lemma sigma_le v a a' : 0 <= a -> a <= a' -> sg v a <= sg v a'.
Proof. intros A H. destruct (Z.eq_dec a a') as [->|]; [lia|]. apply Z.lt_le_incl, sigma_up; lia. Qed.
Lemma slope_le v a a' : 0 <= a -> a <= a' -> dsg v a <= dsg v a'.
Proof. intros A H. destruct (Z.eq_dec a a') as [->|]; [lia|]. apply Z.lt_le_incl, slope_up; lia. Qed.

Lemma gather_le X Y v : (forall e, (e < m)%nat -> dst e = v -> 0 <= X e <= Y e) ->
  0 <= gather X v /\ gather X v <= gather Y v /\
  (forall e, (e < m)%nat -> dst e = v -> X e < Y e -> gather X v < gather Y v).
Proof.
  intros H. unfold Dag.gather. change (add Zring) with Z.add. assert (B := biases v).
  assert (T : forall e, (e < m)%nat -> 0 <= (if Nat.eqb (dst e) v then w e * X e else 0)
    <= (if Nat.eqb (dst e) v then w e * Y e else 0)).
  { intros e He. destruct (Nat.eqb_spec (dst e) v) as [E|]; [|lia].
    specialize (H e He E). specialize (weights e He). nia. }
  assert (P : 0 <= zsum m (fun e => if Nat.eqb (dst e) v then w e * X e else 0)).
  { apply zsum_pos. intros e He. apply T, He. }
  split; [|split].
  - simpl in *. lia.
  - apply Z.add_le_mono_r. apply zsum_le. intros e He. apply T, He.
  - intros e He E L. apply Z.add_lt_mono_r. apply zsum_lt with e; auto; [intros i Hi; apply T, Hi|].
    rewrite E, Nat.eqb_refl. specialize (weights e He). simpl. nia.
Qed.

Lemma scatter_le X Y v : (forall e, (e < m)%nat -> src e = v -> 0 <= X e <= Y e) ->
  0 <= scatter X v /\ scatter X v <= scatter Y v /\
  (forall e, (e < m)%nat -> src e = v -> X e < Y e -> scatter X v < scatter Y v).
Proof.
  intros H. unfold Dag.scatter.
  assert (T : forall e, (e < m)%nat -> 0 <= (if Nat.eqb (src e) v then w e * X e else 0)
    <= (if Nat.eqb (src e) v then w e * Y e else 0)).
  { intros e He. destruct (Nat.eqb_spec (src e) v) as [E|]; [|lia].
    specialize (H e He E). specialize (weights e He). nia. }
  split; [|split].
  - apply zsum_pos. intros e He. apply T, He.
  - apply zsum_le. intros e He. apply T, He.
  - intros e He E L. apply zsum_lt with e; auto; [intros i Hi; apply T, Hi|].
    rewrite E, Nat.eqb_refl. specialize (weights e He). simpl. nia.
Qed.

(** Two runs of the forward wave, one fed at least as much as the other.  (A static network is the run
    of a constant stream.) *)
Lemma forward_increasing u u' x x' : forward_run u x -> forward_run u' x' ->
  (forall t v, 0 <= u t v <= u' t v) -> forall v t, 0 <= x t v /\ x t v <= x' t v /\
  (forall a, path_in v a -> (forall i, u (t - a) i < u' (t - a) i) -> x t v < x' t v).
Proof.
  intros R R' U v. induction v as [v IH] using lt_wf_ind. intros t.
  rewrite (R t v), (R' t v). destruct (input v) eqn:I.
  - split; [apply U|split; [apply U|]]. intros a P S. inversion P; subst.
    + rewrite Z.sub_0_r in S. apply S.
    + rewrite no_edge_into_input in I; [discriminate|assumption].
  - unfold Dag.present.
    destruct (gather_le (fun e => x (t - 1 - Z.of_nat (fd e) + 1) (src e))
      (fun e => x' (t - 1 - Z.of_nat (fd e) + 1) (src e)) v) as (A & B & C).
    { intros e He E. destruct (IH (src e) ltac:(specialize (acyclic e He); lia)
        (t - 1 - Z.of_nat (fd e) + 1)) as (P & Q & _). lia. }
    split; [now apply (sigma_up v _ 0)|split; [now apply sigma_le|]].
    intros a P S. apply sigma_up; [exact A|]. inversion P as [|e a' He Ie P' E1 E2]; subst; [congruence|].
    apply (C e He eq_refl). apply (IH (src e) ltac:(specialize (acyclic e He); lia) _) with a'; auto.
    intros i. now replace (t - 1 - Z.of_nat (fd e) + 1 - a') with (t - (a' + Z.of_nat (fd e))) by lia.
Qed.

(** Two backward waves, one with slopes and errors at least the other's.  Strict if an error that
    arrives is strictly larger, or a slope met on a live path is. *)
Lemma backward_increasing s s' ε ε' d d' : backward_run s ε d -> backward_run s' ε' d' ->
  (forall t v, 0 <= s t v <= s' t v) -> (forall t v, 0 <= ε t v <= ε' t v) ->
  (forall t v, output v = true -> 0 < ε' t v) -> 
  forall v, (forall p r, conn v p r -> forall t, 0 < s' t p) -> forall t, 
  0 <= d t v /\ d t v <= d' t v /\ ((exists r, path_out v r) -> 0 < d' t v) /\
  (forall o r, output o = true -> conn v o r -> ε (t - r) o < ε' (t - r) o -> d t v < d' t v) /\
  (forall p r e, (e < m)%nat -> src e = p -> (exists q, path_out (dst e) q) -> conn v p r ->
     s (t - r) p < s' (t - r) p -> d t v < d' t v).
Proof.
  intros R R' S E Eo v. remember (N - v)%nat as k eqn:Ek. assert (Hk : (N - v <= k)%nat) by lia. clear Ek.
  revert v Hk. induction k; intros v Hk Live t.
  all: assert (IH : forall e, (e < m)%nat -> src e = v -> forall t, 0 <= d t (dst e) /\ d t (dst e) <= d' t (dst e) /\
    ((exists r, path_out (dst e) r) -> 0 < d' t (dst e)) /\
    (forall o r, output o = true -> conn (dst e) o r -> ε (t - r) o < ε' (t - r) o -> d t (dst e) < d' t (dst e)) /\
    (forall p r f, (f < m)%nat -> src f = p -> (exists q, path_out (dst f) q) -> conn (dst e) p r ->
       s (t - r) p < s' (t - r) p -> d t (dst e) < d' t (dst e)))
    by (intros e He Ev; assert (A := acyclic e He);
        first [lia | apply IHk; [lia|intros p r C; apply (Live p (Z.of_nat (bd e) + r)); subst v; now constructor]]).
  all: clear Hk; try clear IHk.
  all: rewrite (R t v), (R' t v).
  all: set (X := fun e => d (t - Z.of_nat (bd e)) (dst e)); set (Y := fun e => d' (t - Z.of_nat (bd e)) (dst e)).
  all: destruct (scatter_le X Y v) as (A & B & C);
    [intros e He Ev; unfold X, Y; destruct (IH e He Ev (t - Z.of_nat (bd e))) as (P & Q & _); lia|].
  all: destruct (scatter_le (fun _ => 0) Y v) as (A0 & B0 & C0);
    [intros e He Ev; unfold Y; destruct (IH e He Ev (t - Z.of_nat (bd e))) as (P & Q & _); lia|].
  all: assert (D0 := proj1 (slope_up v (s t v) 0 (proj1 (S t v))));
    assert (D1 := slope_le v (s t v) (s' t v) (proj1 (S t v)) (proj2 (S t v)));
    assert (Dp : 0 < dsg v (s' t v))
      by (assert (L := Live v 0 (conn_here _ _ _ _ v) t);
          assert (Q := proj2 (slope_up v 0 (s' t v) ltac:(lia)) L);
          assert (Q' := proj1 (slope_up v 0 0 ltac:(lia))); lia).
  all: assert (O : 0 <= (if output v then ε t v else 0) <= (if output v then ε' t v else 0))
    by (destruct (output v); [apply E|lia]).
  all: change (add Zring) with Z.add; change (mul Zring) with Z.mul; change (@zero Zring) with 0.
  all: set (g := scatter X v) in *; set (g' := scatter Y v) in *;
    set (z := dsg v (s t v)) in *; set (z' := dsg v (s' t v)) in *;
    set (q := if output v then ε t v else 0) in *; set (q' := if output v then ε' t v else 0) in *.
  all: assert (O' : 0 <= q <= q') by exact O.
  all: assert (M : z * g <= z' * g') by nia.
  all: assert (Mp : 0 <= z * g) by nia.
  all: split; [nia|split; [nia|split; [|split]]].
  all: try (intros (r & o & Oo & Co); inversion Co as [|e o' r' He Co']; subst;
    [ unfold q'; rewrite Oo; specialize (Eo t o Oo); nia
    | assert (G : 0 < g') by (unfold g'; eapply Z.le_lt_trans; [exact A0|]; apply (C0 e He eq_refl); unfold Y;
        destruct (IH e He eq_refl (t - Z.of_nat (bd e))) as (_ & _ & P & _); apply P; now exists r', o); nia ]).
  all: try (intros o r Oo Co L; inversion Co as [|e o' r' He Co']; subst;
    [ unfold q, q'; rewrite Oo; rewrite Z.sub_0_r in L; nia
    | assert (G : g < g') by (apply (C e He eq_refl); unfold X, Y;
        destruct (IH e He eq_refl (t - Z.of_nat (bd e))) as (_ & _ & _ & P & _); apply (P o r' Oo Co');
        now replace (t - Z.of_nat (bd e) - r') with (t - (Z.of_nat (bd e) + r')) by lia); nia ]).
  all: intros p r f Hf Ef Lf Co L; inversion Co as [|e o' r' He Co']; subst;
    [ rewrite Z.sub_0_r in L; assert (z < z') by (apply slope_up; [apply S|exact L]);
      assert (G : 0 < g') by (unfold g'; eapply Z.le_lt_trans; [exact A0|]; apply (C0 f Hf eq_refl); unfold Y;
        destruct (IH f Hf eq_refl (t - Z.of_nat (bd f))) as (_ & _ & P & _); now apply P); nia
    | assert (G : g < g') by (apply (C e He eq_refl); unfold X, Y;
        destruct (IH e He eq_refl (t - Z.of_nat (bd e))) as (_ & _ & _ & _ & P); apply (P _ r' f Hf eq_refl Lf Co');
        now replace (t - Z.of_nat (bd e) - r') with (t - (Z.of_nat (bd e) + r')) by lia); nia ].
Qed.

(** ** The machine: σ′ read locally (c = 0 drive, 1 emitted, 2 previous), error of frame t at tick t *)
Variable c : Z.
Hypothesis fed : forall v, (v < N)%nat -> input v = false -> exists e, (e < m)%nat /\ dst e = v.
Hypothesis outputs_below : forall v, output v = true -> (v < N)%nat.

(** [X t] is the static activity of frame t; targets 0 *)
Record machine (u x X ε d : Z -> nat -> Z) : Prop := {
  machine_inputs : forall t v, 1 <= u t v;
  machine_forward : forward_run u x;
  machine_static : forall t, static (u t) (X t);
  machine_error : forall t v, ε t v = dsg v (pre (X t) v) * X t v;
  machine_backward : backward_run (fun t v => present x (t - c) v) ε d }.

(** The lags of edge e, as in the contract. *)
Definition edge_lag (e : nat) (o : Z) : Prop :=
  path_in (src e) o \/ path_out (dst e) o \/
  exists p r a f, (f < m)%nat /\ src f = p /\ (exists q, path_out (dst f) q) /\
    conn (dst e) p r /\ path_in p a /\ o = r + a + c - 1.

Lemma activity_positive u x : forward_run u x -> (forall t v, 1 <= u t v) -> forall v t,
  (v < N)%nat -> 0 < x t v /\ (input v = false -> 0 < present x t v).
Proof.
  intros R U v. induction v as [v IH] using lt_wf_ind. intros t Hv.
  assert (P : input v = false -> forall t, 0 < present x t v).
  { intros I r. destruct (fed v Hv I) as (e & He & Ev). unfold Dag.present.
    destruct (gather_le (fun _ => 0) (fun e => x (r - Z.of_nat (fd e) + 1) (src e)) v) as (A & _ & B).
    - intros f Hf Ef. assert (Q := acyclic f Hf).
      destruct (IH (src f) ltac:(lia) (r - Z.of_nat (fd f) + 1) ltac:(lia)) as [L _]. lia.
    - eapply Z.le_lt_trans; [exact A|]. apply (B e He Ev). assert (Q := acyclic e He).
      apply IH; lia. }
  split; [|intros I; apply P, I]. rewrite (R t v). destruct (input v) eqn:I; [specialize (U t v); lia|].
  assert (Z0 := proj1 (sigma_up v 0 0 ltac:(lia))).
  assert (L := proj2 (sigma_up v 0 (present x (t - 1) v) ltac:(lia)) (P eq_refl _)). lia.
Qed.

Lemma constant_run u X : static u X -> forward_run (fun _ => u) (fun _ => X).
Proof. intros S t v. exact (S v). Qed.

Lemma static_positive u X : static u X -> (forall v, 1 <= u v) -> forall v, (v < N)%nat ->
  0 < X v /\ (input v = false -> 0 < pre X v).
Proof. intros S U v Hv. exact (activity_positive _ _ (constant_run u X S) (fun _ => U) v 0 Hv). Qed.

Lemma conn_below v p r : conn v p r -> (v < N)%nat -> (p < N)%nat.
Proof. induction 1 as [|e v r He C IH]; auto. intros _. apply IH. specialize (acyclic e He). lia. Qed.
Lemma conn_inner v p r : conn v p r -> input v = false -> input p = false.
Proof. induction 1; auto. Qed.

Hypothesis outputs_inner : forall v, output v = true -> input v = false.

Lemma pre_le u X u' X' : static u X -> static u' X' -> (forall v, 0 <= u v <= u' v) -> forall v,
  0 <= pre X v <= pre X' v.
Proof.
  intros S S' U v. destruct (gather_le (fun e => X (src e)) (fun e => X' (src e)) v) as (A & B & _);
    [|split; assumption].
  intros e He _. destruct (forward_increasing _ _ _ _ (constant_run u X S) (constant_run u' X' S')
    (fun _ => U) (src e) 0) as (P & Q & _). split; assumption.
Qed.

(** One machine fed at least as much as the other, and more at a lag of e: its update is larger. *)
Lemma update_increasing u x X ε d u' x' X' ε' d' e o t :
  machine u x X ε d -> machine u' x' X' ε' d' -> (forall t v, u t v <= u' t v) -> (e < m)%nat ->
  (exists r, path_out (dst e) r) -> edge_lag e o -> (forall v, u (t - o) v < u' (t - o) v) ->
  d t (dst e) * x t (src e) < d' t (dst e) * x' t (src e).
Proof.
  intros M M' U He Out Lag Strict. assert (Ac := acyclic e He).
  assert (U0 : forall t v, 0 <= u t v <= u' t v)
    by (intros r v; assert (A := machine_inputs _ _ _ _ _ M r v); assert (B := U r v); lia).
  assert (Fw := forward_increasing u u' x x' (machine_forward _ _ _ _ _ M)
    (machine_forward _ _ _ _ _ M') U0).
  assert (Pos := activity_positive u x (machine_forward _ _ _ _ _ M) (machine_inputs _ _ _ _ _ M)).
  assert (Pos' := activity_positive u' x' (machine_forward _ _ _ _ _ M') (machine_inputs _ _ _ _ _ M')).
  assert (Sl : forall t v, 0 <= present x (t - c) v <= present x' (t - c) v).
  { intros r v. unfold Dag.present.
    destruct (gather_le (fun e => x (r - c - Z.of_nat (fd e) + 1) (src e))
      (fun e => x' (r - c - Z.of_nat (fd e) + 1) (src e)) v) as (A & B & _); [|split; assumption].
    intros f _ _. destruct (Fw (src f) (r - c - Z.of_nat (fd f) + 1)) as (P & Q & _). split; assumption. }
  assert (St := fun t => forward_increasing _ _ _ _
    (constant_run _ _ (machine_static _ _ _ _ _ M t)) (constant_run _ _ (machine_static _ _ _ _ _ M' t))
    (fun _ => U0 t)).
  assert (Pr := fun t => pre_le _ _ _ _ (machine_static _ _ _ _ _ M t)
    (machine_static _ _ _ _ _ M' t) (U0 t)).
  assert (Er : forall t v, 0 <= ε t v <= ε' t v).
  { intros r v. rewrite (machine_error _ _ _ _ _ M), (machine_error _ _ _ _ _ M').
    assert (A := Pr r v). destruct (St r v 0) as (B & C & _).
    assert (D := slope_le v _ _ (proj1 A) (proj2 A)).
    assert (D0 := proj1 (slope_up v (pre (X r) v) 0 (proj1 A))). nia. }
  assert (ErPos : forall t v, output v = true -> 0 < ε' t v).
  { intros r v O. rewrite (machine_error _ _ _ _ _ M').
    destruct (static_positive _ _ (machine_static _ _ _ _ _ M' r) (machine_inputs _ _ _ _ _ M' r) v
      (outputs_below v O)) as [A B]. specialize (B (outputs_inner v O)).
    assert (D := proj2 (slope_up v 0 (pre (X' r) v) ltac:(lia)) B).
    assert (D0 := proj1 (slope_up v 0 0 ltac:(lia))). nia. }
  assert (Live : forall p r, conn (dst e) p r -> forall t, 0 < present x' (t - c) p).
  { intros p r C r'. apply Pos'; [apply (conn_below _ _ _ C); lia|].
    apply (conn_inner _ _ _ C), no_edge_into_input, He. }
  destruct (backward_increasing _ _ ε ε' d d' (machine_backward _ _ _ _ _ M)
    (machine_backward _ _ _ _ _ M') Sl Er ErPos (dst e) Live t) as (A & B & Cp & Ce & Cs).
  specialize (Cp Out). destruct (Fw (src e) t) as (Xa & Xb & Xc).
  assert (X0 := proj1 (Pos (src e) t ltac:(lia))).
  destruct Lag as [L|[(q & Oq & Cq)|(p & r & a & f & Hf & Ef & Lf & Cf & Pf & ->)]].
  - assert (S := Xc o L Strict). nia.
  - assert (S : d t (dst e) < d' t (dst e)); [|nia].
    apply (Ce q o Oq Cq). rewrite (machine_error _ _ _ _ _ M), (machine_error _ _ _ _ _ M').
    (* the static network of a strictly larger input is strictly larger where a path arrives *)
    assert (PX : X (t - o) q < X' (t - o) q).
    { rewrite (machine_static _ _ _ _ _ M (t - o) q), (machine_static _ _ _ _ _ M' (t - o) q).
      rewrite (outputs_inner q Oq). apply sigma_up; [apply Pr|].
      assert (Q : forall v, (v < N)%nat -> X (t - o) v < X' (t - o) v).
      { intros v. induction v as [v IHv] using lt_wf_ind. intros Hv.
        rewrite (machine_static _ _ _ _ _ M (t - o) v), (machine_static _ _ _ _ _ M' (t - o) v).
        destruct (input v) eqn:I; [apply Strict|]. apply sigma_up; [apply Pr|].
        destruct (fed v Hv I) as (f & Hf & Ev). assert (Q := acyclic f Hf).
        destruct (gather_le (fun e => X (t - o) (src e)) (fun e => X' (t - o) (src e)) v) as (_ & _ & G).
        - intros g Hg _. destruct (St (t - o) (src g) 0) as (P1 & P2 & _). split; assumption.
        - apply (G f Hf Ev), IHv; lia. }
      destruct (fed q (outputs_below q Oq) (outputs_inner q Oq)) as (f & Hf & Ev).
      destruct (gather_le (fun e => X (t - o) (src e)) (fun e => X' (t - o) (src e)) q) as (_ & _ & G).
      - intros g Hg _. destruct (St (t - o) (src g) 0) as (P1 & P2 & _). split; assumption.
      - apply (G f Hf Ev), Q. specialize (acyclic f Hf). lia. }
    destruct (static_positive _ _ (machine_static _ _ _ _ _ M (t - o)) (machine_inputs _ _ _ _ _ M (t - o)) q
      (outputs_below q Oq)) as [Q1 Q2]. specialize (Q2 (outputs_inner q Oq)).
    assert (D := proj2 (slope_up q 0 (pre (X (t - o)) q) ltac:(lia)) Q2).
    assert (D0 := proj1 (slope_up q 0 0 ltac:(lia))). assert (A1 := Pr (t - o) q).
    assert (D1 := slope_le q _ _ (proj1 A1) (proj2 A1)). nia.
  - assert (S : d t (dst e) < d' t (dst e)); [|nia].
    apply (Cs p r f Hf Ef Lf Cf). unfold Dag.present.
    assert (Ip : input p = false) by (apply (conn_inner _ _ _ Cf), no_edge_into_input, He).
    inversion Pf as [v I|g a' Hg Ig Pg]; [congruence|]. rewrite <- ?H, <- ?H0 in *.
    match goal with |- gather ?Y ?v < gather ?Z ?v => destruct (gather_le Y Z v) as (_ & _ & G) end.
    + intros h _ _. cbv beta. destruct (Fw (src h) (t - r - c - Z.of_nat (fd h) + 1)) as (P1 & P2 & _). split; assumption.
    + apply (G g Hg eq_refl). cbv beta. destruct (Fw (src g) (t - r - c - Z.of_nat (fd g) + 1)) as (_ & _ & P3).
      apply (P3 a' Pg). intros i.
      replace (t - r - c - Z.of_nat (fd g) + 1 - a') with (t - (r + (a' + Z.of_nat (fd g)) + c - 1)) by lia.
      apply Strict.
Qed.

Lemma constant_machine u x X ε d f D : machine u x X ε d ->
  adjoint (ε f) (X f) D -> machine (fun _ => u f) (fun _ => X f) (fun _ => X f) (fun _ => ε f) (fun _ => D).
Proof.
  intros M A. split.
  - intros _ v. apply (machine_inputs _ _ _ _ _ M).
  - apply constant_run, M.
  - intros _. apply M.
  - intros _ v. apply (machine_error _ _ _ _ _ M).
  - intros t v. exact (A v).
Qed.

Definition spike (f t : Z) (v : nat) : Z := if Z.eqb t f then 3 else 1.

(** Theorem 9, necessity: with two lags, the update of e at tick t is the gradient of no frame. *)
Theorem unbalanced_edge_refuted x X ε d e o o' t : machine (spike (t - o)) x X ε d -> (e < m)%nat ->
  (exists r, path_out (dst e) r) -> edge_lag e o -> edge_lag e o' -> o <> o' ->
  forall f D, adjoint (ε f) (X f) D -> d t (dst e) * x t (src e) <> D (dst e) * X f (src e).
Proof.
  intros M He Out Lo Lo' Ne f D A. assert (C := constant_machine _ _ _ _ _ f D M A).
  set (u := spike (t - o)) in *.
  assert (B : forall r v, 1 <= u r v <= 3) by (intros r v; unfold u, spike; destruct (Z.eqb r _); lia).
  assert (H3 : forall v, u (t - o) v = 3) by (intros v; unfold u, spike; now rewrite Z.eqb_refl).
  assert (H1 : forall v, u (t - o') v = 1)
    by (intros v; unfold u, spike; destruct (Z.eqb_spec (t - o') (t - o)); [lia|reflexivity]).
  assert (Cases : (forall v, u f v = 3) \/ (forall v, u f v = 1))
    by (unfold u, spike; destruct (Z.eqb f _); [left|right]; reflexivity).
  destruct Cases as [E|E].
  - apply Z.lt_neq. apply (update_increasing _ _ _ _ _ _ _ _ _ _ e o' t M C); auto.
    + intros r v. rewrite E. apply B.
    + intros v. rewrite E, H1. lia.
  - apply Z.neq_sym, Z.lt_neq. apply (update_increasing _ _ _ _ _ _ _ _ _ _ e o t C M); auto.
    + intros r v. rewrite E. apply B.
    + intros v. rewrite E, H3. lia.
Qed.
End Necessity.
