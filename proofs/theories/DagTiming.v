(** * Timing of directed acyclic graphs: the window, and how few edges can be synchronous

    Paper: τ_s = (L-1)Δt, and "extended to any DAG".  Claims K6 and K11 on graphs, C10.
    The tool: [waveproof timing], keys "window", "maxSpread".

    Vocabulary of Dag.v.  [route u v a r]: a path from u to v of forward delay a and backward delay r.
    [lag_of_edge e o]: o is an input lag of e or an error lag (open loop); [closed_lag_of_edge] in the
    closed loop, where the error of output o enters with the lags of o itself.  L* is the longest
    input-output path.  An edge is [balanced e δ] when all its lags are δ and it lies on some path. *)
From Coq Require Import ZArith Lia.
From WaveProof Require Import Algebra Dag.
Local Open Scope Z_scope.

Section DagTiming.
Variables (m : nat) (src dst fd bd : nat -> nat) (input output : nat -> bool).
Hypothesis positive_delays : forall e, (e < m)%nat -> (1 <= fd e /\ 1 <= bd e)%nat.
Hypothesis no_edge_into_input : forall e, (e < m)%nat -> input (dst e) = false.
Notation path_in := (path_in m src dst fd input).
Notation conn := (conn m src dst bd).
Notation path_out := (path_out m src dst bd output).

Inductive route : nat -> nat -> Z -> Z -> Prop :=
| route_here v : route v v 0 0
| route_edge e v a r : (e < m)%nat -> route (dst e) v a r ->
    route (src e) v (Z.of_nat (fd e) + a) (Z.of_nat (bd e) + r).

Lemma route_pos u v a r : route u v a r -> 0 <= a /\ 0 <= r.
Proof. induction 1; lia. Qed.
Lemma route_conn u v a r : route u v a r -> conn u v r.
Proof. induction 1; [constructor|now constructor]. Qed.
Lemma conn_route u v r : conn u v r -> exists a, route u v a r.
Proof.
  induction 1 as [v|e v r He _ [a R]]; [exists 0; constructor|]. eexists. econstructor; eauto.
Qed.
Lemma path_in_route u v a r : route u v a r -> forall c, path_in u c -> path_in v (c + a).
Proof.
  induction 1 as [v|e v a r He R IH]; intros c P; [now rewrite Z.add_0_r|].
  rewrite Z.add_assoc. apply IH. constructor; auto.
Qed.
Lemma conn_trans u v r : conn u v r -> forall o r', conn v o r' -> conn u o (r + r').
Proof.
  induction 1; intros o r' C; [exact C|]. rewrite <- Z.add_assoc. constructor; auto.
Qed.
Lemma path_in_pos v a : path_in v a -> 0 <= a.
Proof. induction 1; lia. Qed.
Lemma path_out_pos v r : path_out v r -> 0 <= r.
Proof. intros (o & _ & C). destruct (conn_route _ _ _ C) as [a R]. now apply route_pos in R. Qed.

(** ** At most one synchronous edge on any input-output path *)
Definition balanced (e : nat) (δ : Z) : Prop :=
  (exists a, path_in (src e) a) /\ (exists r, path_out (dst e) r) /\
  (forall a, path_in (src e) a -> a = δ) /\ (forall r, path_out (dst e) r -> r = δ).

Theorem at_most_one_synchronous e f a r δ δ' : (e < m)%nat -> (f < m)%nat ->
  route (dst e) (src f) a r -> balanced e δ -> balanced f δ' -> False.
Proof.
  intros He Hf Rt ((p & Pi) & _ & Pe & Qe) (_ & (q & o & Oo & Cq) & Pf & Qf).
  assert (Rp := route_pos _ _ _ _ Rt). assert (De := positive_delays e He).
  assert (Df := positive_delays f Hf).
  (* input lags grow along the path … *)
  assert (A : p + Z.of_nat (fd e) + a = δ').
  { apply Pf. eapply path_in_route; [exact Rt|]. constructor; auto. }
  (* … error lags shrink *)
  assert (B : r + (Z.of_nat (bd f) + q) = δ).
  { apply Qe. exists o. split; [exact Oo|]. apply conn_trans with (src f); [eapply route_conn; eauto|].
    now constructor. }
  specialize (Pe p Pi). specialize (Qf q (ex_intro _ o (conj Oo Cq))). lia.
Qed.

(** ** The window: unit delays, longest input-output path L* *)
Hypothesis unit_delays : forall e, (e < m)%nat -> (fd e = 1 /\ bd e = 1)%nat.
Variable L : Z.
Hypothesis longest : forall v o a r, output o = true -> path_in v a -> conn v o r -> a + r <= L.

Definition lag_of_edge (e : nat) (o : Z) : Prop := path_in (src e) o \/ path_out (dst e) o.
Definition closed_lag_of_edge (e : nat) (o : Z) : Prop :=
  path_in (src e) o \/ exists p r a, output p = true /\ conn (dst e) p r /\ path_in p a /\ o = r + a.
(** on a path from an input to an output, as every edge of interest is *)
Definition useful (e : nat) : Prop :=
  (e < m)%nat /\ (exists a, path_in (src e) a) /\ exists r, path_out (dst e) r.

(** Every lag of every edge lies in 0 … L* - 1, so no spread exceeds L* - 1 … *)
Theorem window_open e o : useful e -> lag_of_edge e o -> 0 <= o <= L - 1.
Proof.
  intros (He & (a & Pa) & (r & p & Op & Cp)) H. destruct (unit_delays e He) as [Fe Be].
  assert (Pe : path_in (dst e) (a + 1)).
  { replace (a + 1) with (a + Z.of_nat (fd e)) by lia. constructor; auto. }
  assert (Hr := path_out_pos (dst e) r (ex_intro _ p (conj Op Cp))).
  destruct H as [H|H].
  - assert (P := path_in_pos _ _ H). assert (Q : path_in (dst e) (o + 1)).
    { replace (o + 1) with (o + Z.of_nat (fd e)) by lia. constructor; auto. }
    specialize (longest _ _ _ _ Op Q Cp). lia.
  - assert (P := path_out_pos _ _ H). destruct H as (q & Oq & Cq).
    assert (Z0 := path_in_pos _ _ Pa). specialize (longest _ _ _ _ Oq Pe Cq). lia.
Qed.

(** … and the first edge of a longest path attains it. *)
Theorem window_open_attained e : (e < m)%nat -> input (src e) = true -> path_out (dst e) (L - 1) ->
  lag_of_edge e 0 /\ lag_of_edge e (L - 1).
Proof. intros He I P. split; [left; now constructor|now right]. Qed.

Lemma unit_route u v a r : route u v a r -> a = r.
Proof. induction 1 as [|e v a r He R IH]; [reflexivity|]. destruct (unit_delays e He). lia. Qed.

Lemma route_first u v a r : route u v a r -> a = 0 \/
  exists e a' r', (e < m)%nat /\ src e = u /\ route (dst e) v a' r' /\ a = Z.of_nat (fd e) + a'.
Proof. destruct 1 as [v|e v a r He R]; [now left|right]. now exists e, a, r. Qed.

(** So the window of the graph is exactly L* - 1: some edge has both 0 and L* - 1 among its lags. *)
Theorem window_open_exact u o r : 1 <= L -> input u = true -> output o = true -> route u o L r ->
  exists e, useful e /\ lag_of_edge e 0 /\ lag_of_edge e (L - 1).
Proof.
  intros HL I O R.
  destruct (route_first _ _ _ _ R) as [Q|(e & a & r' & He & Eu & R' & Q)]; [lia|]. rewrite <- Eu in I.
  destruct (unit_delays e He) as [Fe Be]. assert (Q' := unit_route _ _ _ _ R').
  assert (P : path_out (dst e) (L - 1)).
  { exists o. split; [exact O|]. replace (L - 1) with r' by lia. eapply route_conn; eauto. }
  exists e. split; [|now apply window_open_attained].
  split; [exact He|split; [exists 0; now constructor|now exists (L - 1)]].
Qed.

(** The closed loop: 2 L* - 1. *)
Theorem window_closed e o : useful e -> closed_lag_of_edge e o -> 0 <= o <= 2 * L - 1.
Proof.
  intros U [H|(p & r & a & Op & C & P & ->)].
  - assert (A := window_open e o U (or_introl H)). lia.
  - assert (B := window_open e r U (or_intror (ex_intro _ p (conj Op C)))).
    assert (A := path_in_pos _ _ P). assert (D := longest p p a 0 Op P (conn_here _ _ _ _ p)). lia.
Qed.

Theorem window_closed_attained e p : (e < m)%nat -> input (src e) = true -> output p = true ->
  conn (dst e) p (L - 1) -> path_in p L ->
  closed_lag_of_edge e 0 /\ closed_lag_of_edge e (2 * L - 1).
Proof.
  intros He I O C P. split; [left; now constructor|right].
  exists p, (L - 1), L. repeat split; auto. lia.
Qed.

(** K4 on graphs: in the closed loop no edge on an input-output path has all its lags equal, because its
    own delay stands between its tail and the output. *)
Theorem closed_loop_never_on_graphs e : useful e -> ~ exists δ, forall o, closed_lag_of_edge e o -> o = δ.
Proof.
  intros (He & (a & Pa) & (r & p & Op & Cp)) (δ & H).
  destruct (conn_route _ _ _ Cp) as [a' R]. assert (Rp := route_pos _ _ _ _ R).
  assert (Q : path_in (dst e) (a + Z.of_nat (fd e))) by (constructor; auto).
  assert (A := H a (or_introl Pa)).
  assert (B := H (r + (a + Z.of_nat (fd e) + a')) (or_intror (ex_intro _ p (ex_intro _ r
    (ex_intro _ _ (conj Op (conj Cp (conj (path_in_route _ _ _ _ R _ Q) eq_refl)))))))).
  assert (D := positive_delays e He). lia.
Qed.

(** A skip past e's tail or head breaks it: two input paths to the tail of different length, … *)
Theorem unbalanced_tail e a a' δ : path_in (src e) a -> path_in (src e) a' -> a <> a' -> ~ balanced e δ.
Proof. intros P Q N (_ & _ & A & _). apply A in P, Q. lia. Qed.
(** … or two output paths from the head. *)
Theorem unbalanced_head e r r' δ : path_out (dst e) r -> path_out (dst e) r' -> r <> r' -> ~ balanced e δ.
Proof. intros P Q N (_ & _ & _ & A). apply A in P, Q. lia. Qed.
End DagTiming.
