(** * Directed acyclic graphs: synchronous edges are exact

    Paper: "the given analysis can be extended to the case of any directed acyclic graph".
    Claims K11 (true for balanced edges), C9.  The tool: [waveproof verify], [waveproof timing].

    Vocabulary.  A node is a unit, an edge e < m joins [src e] to [dst e] with the weight [w e] and the
    delays [fd e], [bd e] (a layer of width n is n units: nothing is lost).  Units are numbered so that
    edges go up.  x_v(t), δ_v(t), g_e(t) = δ_{dst e}(t) x_{src e}(t).
      path_in v a     a path from an input to v of forward delay a        (input lags)
      conn v w r      a path from v to w of backward delay r
      path_out v r    conn v o r for an output o                          (error lags, open loop)
      static u X      X is the activity of the network at the input u
      adjoint e0 X D  D is Backpropagation there, e0 the errors of the outputs
    The equations hold at every tick (before tick 0 the network stands in the steady state). *)
From Coq Require Import ZArith Lia Ring Bool Arith.
From WaveProof Require Import Algebra.
Local Open Scope K_scope.

Section Dag.
Variable K : cring.
Add Ring Kring : (law K).
Variables (m N : nat) (src dst fd bd : nat -> nat) (input output : nat -> bool).
Variables (w b : nat -> K) (sg dsg : nat -> K -> K).
Hypothesis acyclic : forall e, (e < m)%nat -> (src e < dst e < N)%nat.

(** [pre X v]: the drive of v when edge e carries X e *)
Definition gather (X : nat -> K) (v : nat) : K :=
  sum m (fun e => if Nat.eqb (dst e) v then w e * X e else 0) + b v.
Definition scatter (D : nat -> K) (v : nat) : K :=
  sum m (fun e => if Nat.eqb (src e) v then w e * D e else 0).

Definition static (u X : nat -> K) : Prop :=
  forall v, X v = if input v then u v else sg v (gather (fun e => X (src e)) v).
Definition pre (X : nat -> K) (v : nat) : K := gather (fun e => X (src e)) v.
Definition adjoint (e0 X D : nat -> K) : Prop :=
  forall v, D v = dsg v (pre X v) * scatter (fun e => D (dst e)) v + (if output v then e0 v else 0).

(** The tick machine *)
Definition present (x : Z -> nat -> K) (t : Z) (v : nat) : K :=
  gather (fun e => x (t - Z.of_nat (fd e) + 1)%Z (src e)) v.
Definition forward_run (u x : Z -> nat -> K) : Prop :=
  forall t v, x t v = if input v then u t v else sg v (present x (t - 1) v).
(** [s t v]: what σ′ of v is applied to at tick t; [ε t v]: the injected output error *)
Definition backward_run (s ε d : Z -> nat -> K) : Prop :=
  forall t v, d t v = dsg v (s t v) * scatter (fun e => d (t - Z.of_nat (bd e))%Z (dst e)) v
                      + (if output v then ε t v else 0).

Inductive path_in : nat -> Z -> Prop :=
| path_in_input v : input v = true -> path_in v 0
| path_in_edge e a : (e < m)%nat -> input (dst e) = false -> path_in (src e) a ->
    path_in (dst e) (a + Z.of_nat (fd e)).
Inductive conn : nat -> nat -> Z -> Prop :=
| conn_here v : conn v v 0
| conn_edge e v r : (e < m)%nat -> conn (dst e) v r -> conn (src e) v (Z.of_nat (bd e) + r).
Definition path_out (v : nat) (r : Z) : Prop := exists o, output o = true /\ conn v o r.
Definition passes_on (v : nat) : Prop := exists e, (e < m)%nat /\ src e = v.

Lemma gather_ext X Y v : (forall e, (e < m)%nat -> dst e = v -> X e = Y e) -> gather X v = gather Y v.
Proof.
  intros H. unfold gather. f_equal. apply sum_ext. intros e He.
  destruct (Nat.eqb_spec (dst e) v); [|reflexivity]. now rewrite H.
Qed.
Lemma scatter_ext X Y v : (forall e, (e < m)%nat -> src e = v -> X e = Y e) -> scatter X v = scatter Y v.
Proof.
  intros H. unfold scatter. apply sum_ext. intros e He.
  destruct (Nat.eqb_spec (src e) v); [|reflexivity]. now rewrite H.
Qed.

(** All input paths equally long: one frame, and the static activity of it. *)
Theorem forward_exact u x : forward_run u x -> forall v t δ X, static (u (t - δ)%Z) X ->
  (forall a, path_in v a -> a = δ) -> x t v = X v.
Proof.
  intros R v. induction v as [v IH] using lt_wf_ind. intros t δ X S P.
  rewrite (R t v), (S v). destruct (input v) eqn:I.
  - assert (δ = 0%Z) as -> by (symmetry; apply P; now constructor). now rewrite Z.sub_0_r.
  - f_equal. apply gather_ext. intros e He E.
    apply (IH (src e) ltac:(specialize (acyclic e He); lia) _ (δ - Z.of_nat (fd e))%Z).
    + now replace (t - 1 - Z.of_nat (fd e) + 1 - (δ - Z.of_nat (fd e)))%Z with (t - δ)%Z by lia.
    + intros a Ha. assert (Q : path_in v (a + Z.of_nat (fd e))) by (subst v; now constructor).
      apply P in Q. lia.
Qed.

(** The drive present at t reads frames one tick younger. *)
Lemma present_exact u x : forward_run u x -> forall v t δ X, static (u (t - δ)%Z) X ->
  input v = false -> (forall a, path_in v a -> (a - 1 = δ)%Z) -> present x t v = pre X v.
Proof.
  intros R v t δ X S I P. apply gather_ext. intros e He E.
  apply (forward_exact u x R (src e) _ (δ - Z.of_nat (fd e) + 1)%Z).
  - now replace (t - Z.of_nat (fd e) + 1 - (δ - Z.of_nat (fd e) + 1))%Z with (t - δ)%Z by lia.
  - intros a Ha. assert (Q : path_in v (a + Z.of_nat (fd e))) by (subst v; now constructor).
    apply P in Q. lia.
Qed.

(** Whatever reads σ′ and whatever injects errors: if along every path from v the slope and the error
    met are those of one input, δ_v is Backpropagation's at that input. *)
Theorem backward_exact s ε d e0 X D : backward_run s ε d -> adjoint e0 X D ->
  forall v t, (forall o r, output o = true -> conn v o r -> ε (t - r)%Z o = e0 o) ->
  (forall p r, passes_on p -> conn v p r -> s (t - r)%Z p = pre X p) -> d t v = D v.
Proof.
  intros R A v. remember (N - v)%nat as k eqn:Ek. assert (Hk : (N - v <= k)%nat) by lia. clear Ek.
  revert v Hk. induction k; intros v Hk t E S; rewrite (R t v), (A v); f_equal.
  1,3: unfold scatter; rewrite <- !sum_scale; apply sum_ext; intros e He;
    destruct (Nat.eqb_spec (src e) v) as [Ev|]; [|ring]; specialize (acyclic e He).
  - lia.
  - f_equal; [f_equal|f_equal].
    + rewrite <- (Z.sub_0_r t). apply S; [now exists e|constructor].
    + apply IHk; [lia| |].
      * intros o r O C. replace (t - Z.of_nat (bd e) - r)%Z with (t - (Z.of_nat (bd e) + r))%Z by lia.
        apply E; [exact O|]. subst v. now constructor.
      * intros p r Q C. replace (t - Z.of_nat (bd e) - r)%Z with (t - (Z.of_nat (bd e) + r))%Z by lia.
        apply S; [exact Q|]. subst v. now constructor.
  - destruct (output v) eqn:O; [|reflexivity].
    rewrite <- (Z.sub_0_r t). apply E; [exact O|constructor].
  - destruct (output v) eqn:O; [|reflexivity].
    rewrite <- (Z.sub_0_r t). apply E; [exact O|constructor].
Qed.

(** σ′ read locally in time (c = 0 drive, 1 emitted, 2 previous), error of frame t at tick t:
    every input, error and slope lag of e equal to δ makes e exact (Theorem 9, sufficiency). *)
Variable no_edge_into_input : forall e, (e < m)%nat -> input (dst e) = false.

Lemma conn_no_input v p r : conn v p r -> input v = false -> input p = false.
Proof. induction 1; auto. Qed.

Theorem synchronous_edge_exact c u x ε d e0 X D e t δ :
  forward_run u x -> backward_run (fun t v => present x (t - c) v) ε d -> (e < m)%nat ->
  static (u (t - δ)%Z) X -> adjoint e0 X D -> (forall o, ε (t - δ)%Z o = e0 o) ->
  (forall a, path_in (src e) a -> a = δ) ->
  (forall r, path_out (dst e) r -> r = δ) ->
  (forall p r a, passes_on p -> conn (dst e) p r -> path_in p a -> (r + a + c - 1 = δ)%Z) ->
  d t (dst e) * x t (src e) = D (dst e) * X (src e).
Proof.
  intros F B He S A E Pi Po Ps. f_equal.
  - apply (backward_exact _ ε d e0 X D B A).
    + intros o r O C. rewrite (Po r); [apply E|now exists o].
    + intros p r Q C. apply (present_exact u x F p _ (δ - r - c)%Z).
      * now replace (t - r - c - (δ - r - c))%Z with (t - δ)%Z by lia.
      * apply (conn_no_input _ _ _ C), no_edge_into_input, He.
      * intros a Ha. specialize (Ps p r a Q C Ha). lia.
  - now apply (forward_exact u x F (src e) t δ X S).
Qed.

(** The wave's own σ′.  On an unbalanced graph different waves cross one node, so each is followed by
    itself: [dw k t v] is the part of δ_v(t) that was injected k ticks ago, X f the activity of frame f. *)
Definition wave_run (X : Z -> nat -> K) (ε : Z -> nat -> K) (dw : Z -> Z -> nat -> K) : Prop :=
  forall k t v, dw k t v =
    dsg v (pre (X (t - k)%Z) v)
      * scatter (fun e => dw (k - Z.of_nat (bd e))%Z (t - Z.of_nat (bd e))%Z (dst e)) v
    + (if output v && Z.eqb k 0 then ε t v else 0).

Lemma wave_single X ε dw e0 D : wave_run X ε dw -> forall v t k,
  adjoint e0 (X (t - k)%Z) D -> (forall o, ε (t - k)%Z o = e0 o) ->
  (forall r, path_out v r -> r = k) -> dw k t v = D v.
Proof.
  intros R v. remember (N - v)%nat as q eqn:Eq. assert (Hq : (N - v <= q)%nat) by lia. clear Eq.
  revert v Hq. induction q; intros v Hq t k A E P; rewrite (R k t v), (A v); f_equal.
  1,3: f_equal; apply scatter_ext; intros e He Ev; specialize (acyclic e He).
  - lia.
  - assert (T : (t - Z.of_nat (bd e) - (k - Z.of_nat (bd e)) = t - k)%Z) by lia.
    apply IHq; rewrite ?T; auto; [lia|]. intros r (o & O & C).
    assert (path_out v (Z.of_nat (bd e) + r)) by (exists o; subst v; split; [exact O|now constructor]).
    specialize (P _ H). lia.
  - destruct (output v) eqn:O; [|reflexivity]. assert (k = 0%Z) as ->
      by (symmetry; apply P; exists v; split; [exact O|constructor]). simpl.
    rewrite <- E. now rewrite Z.sub_0_r.
  - destruct (output v) eqn:O; [|reflexivity]. assert (k = 0%Z) as ->
      by (symmetry; apply P; exists v; split; [exact O|constructor]). simpl.
    rewrite <- E. now rewrite Z.sub_0_r.
Qed.

Lemma wave_absent X ε dw : wave_run X ε dw -> forall v t k, ~ path_out v k -> dw k t v = 0.
Proof.
  intros R v. remember (N - v)%nat as q eqn:Eq. assert (Hq : (N - v <= q)%nat) by lia. clear Eq.
  revert v Hq. induction q; intros v Hq t k P; rewrite (R k t v).
  all: assert (O : (if output v && Z.eqb k 0 then ε t v else 0) = 0)
    by (destruct (output v) eqn:O; [|reflexivity]; destruct (Z.eqb_spec k 0) as [->|]; [|reflexivity];
        exfalso; apply P; exists v; split; [exact O|constructor]).
  all: rewrite O; unfold scatter; rewrite (sum_ext _ _ _ (fun _ => 0)), sum_zero; [ring|].
  all: intros e He; destruct (Nat.eqb_spec (src e) v) as [Ev|]; [|reflexivity]; specialize (acyclic e He).
  - lia.
  - rewrite IHq; [ring|lia|]. intros (o & Oo & C). apply P. exists o. split; [exact Oo|]. subst v.
    replace k with (Z.of_nat (bd e) + (k - Z.of_nat (bd e)))%Z by lia. now constructor.
Qed.

(** Theorem 9, sufficiency, in the paper's reading: all input paths to the tail and all output paths
    from the head of one length δ: the total wave at the head gives the gradient of frame t - δ. *)
Theorem synchronous_edge_exact_own u x X ε dw e0 D e t M δ :
  forward_run u x -> (forall f, static (u f) (X f)) -> wave_run X ε dw -> (e < m)%nat ->
  adjoint e0 (X (t - Z.of_nat δ)%Z) D -> (forall o, ε (t - Z.of_nat δ)%Z o = e0 o) -> (δ <= M)%nat ->
  (forall a, path_in (src e) a -> a = Z.of_nat δ) ->
  (forall r, path_out (dst e) r -> r = Z.of_nat δ) ->
  sum (S M) (fun k => dw (Z.of_nat k) t (dst e)) * x t (src e)
    = D (dst e) * X (t - Z.of_nat δ)%Z (src e).
Proof.
  intros F S R He A E HM Pi Po.
  rewrite (forward_exact u x F (src e) t _ _ (S (t - Z.of_nat δ)%Z) Pi). f_equal.
  rewrite (sum_ext _ _ _ (fun k => D (dst e) * (if Nat.eqb k δ then 1 else 0))).
  - apply (sum_delta K (Datatypes.S M) (fun _ => D (dst e))). lia.
  - intros k _. destruct (Nat.eqb_spec k δ) as [->|Nk].
    + rewrite (wave_single X ε dw e0 D R (dst e) t _ A E Po). ring.
    + rewrite (wave_absent X ε dw R); [ring|]. intros Q. apply Po in Q. lia.
Qed.
End Dag.
