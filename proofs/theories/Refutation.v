(** * Universal refutations: where lags differ, no frame's gradient is computed, at any depth

    Paper: "also for rapidly changing signals … perfect synchronization"; (6) read with the σ′ a node
    has, or with the error the network computes.  Claims K3, K4, K5, C4, C5, C6 (Theorem 2, Cor. 3).
    The tool: [waveproof verify], verdict "refuted".

    Vocabulary.  [seen L s e l t0 t]: every frame that g_{t,l} reads is one the run from t0 has seen.
    [reads L s e l o]: some factor of g_{t,l} other than the target has lag o.
    Two networks of width 1, weights 1, no biases, quadratic loss refute everything:
      linear  σ = id, y = 1:  u = 1 at the frame of the input factor, 0 elsewhere.  g = -1, all gradients 0
      square  σ = a², y = 0:  u = 3 at one of the lags read, 1 elsewhere.  g lies strictly between the
              gradients of the input 1 and of the input 3, and every frame is one of those. *)
From Coq Require Import ZArith Lia Ring.
From WaveProof Require Import Algebra Waves Timing Exactness.

Definition seen (L : nat) (s : slope) (e : error) (l : nat) (t0 t : Z) : Prop :=
  (t0 <= t - lag_input l)%Z /\ (t0 <= t - lag_error L e l)%Z /\
  forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z.
Definition reads (L : nat) (s : slope) (e : error) (l : nat) (o : Z) : Prop :=
  o = lag_input l \/ o = lag_error L e l \/ exists k, (l <= k < L)%nat /\ o = lag_slope L s e l k.

(** ** The linear witness, in every ring with 1 ≠ 0 *)
Section Linear.
Variable K : cring.
Add Ring Kring : (law K).
Hypothesis nontrivial : (1%K : K) <> 0%K.
Variables (L l : nat) (s : slope) (e : error).
Local Open Scope K_scope.
Notation one_wide := (fun _ : nat => 1%nat).
Notation ones := (fun _ _ _ : nat => 1 : K).
Notation none := (fun _ _ : nat => 0 : K).
Notation id_ := (fun (_ : nat) (a : K) => a).
Notation flat := (fun (_ : nat) (_ : K) => 1 : K).
Definition linear_run := run K L one_wide ones none id_ flat (sub K) s e.
Definition linear_grad := grad K L one_wide ones none id_ flat (sub K).

Lemma linear_F k v : F K one_wide ones none id_ k v 0%nat = v 0%nat.
Proof.
  induction k; simpl; [reflexivity|]. unfold affine. simpl. rewrite IHk. ring.
Qed.

Lemma linear_wave sl er m : wave K L one_wide ones flat sl er m 0%nat = er 0%nat.
Proof. induction m; simpl; [reflexivity|]. rewrite IHm. ring. Qed.

Theorem linear_refutation t : (1 <= l <= L)%nat -> lag_error L e l <> lag_input l ->
  exists u y : Z -> vec K, forall t0 x d, linear_run t0 u y x d -> seen L s e l t0 t ->
    update K x d t l 0 0 = opp K 1 /\
    forall f f', linear_grad (u f) (y f') l 0%nat 0%nat = 0 /\ opp K 1 <> 0.
Proof.
  intros Hl Hne.
  exists (fun r _ => if Z.eqb r (t - lag_input l) then 1 else 0), (fun _ _ => 1).
  intros t0 x d R (Hi & He & Hs). split.
  - rewrite (multi_frame K L _ _ _ _ _ _ s e t0 _ _ x d l t R Hl Hi He Hs).
    unfold delta_of. rewrite linear_wave, linear_F. unfold output_delta. rewrite linear_F, Z.eqb_refl.
    destruct (Z.eqb_spec (t - lag_error L e l) (t - lag_input l)); [lia|]. ring.
  - intros f f'. split.
    + unfold linear_grad, grad, delta, delta_of. rewrite linear_wave, linear_F.
      unfold output_delta. rewrite linear_F. destruct (Z.eqb f _); ring.
    + intros C. apply nontrivial. replace (1 : K) with (opp K (opp K 1)) by ring. rewrite C. ring.
Qed.
End Linear.

(** ** The square witness, over the integers *)
Section Square.
Variables (L l : nat) (s : slope) (e : error).
Local Open Scope Z_scope.
Notation one_wide := (fun _ : nat => 1%nat).
Notation ones := (fun _ _ _ : nat => 1 : Zring).
Notation none := (fun _ _ : nat => 0 : Zring).
Notation sq := (fun (_ : nat) (a : Zring) => a * a : Zring).
Notation dsq := (fun (_ : nat) (a : Zring) => 2 * a : Zring).
Definition square_run := run Zring L one_wide ones none sq dsq Z.sub s e.
Definition square_grad := grad Zring L one_wide ones none sq dsq Z.sub.
Notation F := (F Zring one_wide ones none sq).
Notation drive := (drive Zring one_wide ones none sq).
Notation wave := (wave Zring L one_wide ones dsq).
Definition zero_target : vec Zring := fun _ => 0.

Lemma F_square k v i : F (S k) v i = F k v 0%nat * F k v 0%nat.
Proof.
  cbn [Waves.F]. unfold affine. set (a := F k v 0%nat).
  change ((0 + 1 * a + 0) * (0 + 1 * a + 0) = a * a). ring.
Qed.

Lemma drive_square k v : (1 <= k)%nat -> drive k v 0%nat = F (pred k) v 0%nat.
Proof.
  intros H. unfold Waves.drive, affine. set (a := F (pred k) v 0%nat).
  change (0 + 1 * a + 0 = a). ring.
Qed.

Lemma wave_square sl er m : wave sl er (S m) 0%nat = 2 * sl (L - S m)%nat 0%nat * wave sl er m 0%nat.
Proof.
  cbn [Waves.wave]. set (a := wave sl er m 0%nat). set (c := sl (L - S m)%nat 0%nat).
  change (2 * c * (0 + 1 * a) = 2 * c * a). ring.
Qed.

Lemma F_increasing k v w : 1 <= v 0%nat -> v 0%nat <= w 0%nat ->
  1 <= F k v 0%nat /\ F k v 0%nat <= F k w 0%nat /\
  (v 0%nat < w 0%nat -> F k v 0%nat < F k w 0%nat).
Proof.
  intros H H'. induction k; [simpl; lia|]. rewrite !F_square. nia.
Qed.

Lemma wave_increasing sl sl' er er' m : (m <= L)%nat -> 1 <= er 0%nat -> er 0%nat <= er' 0%nat ->
  (forall k, (L - m <= k < L)%nat -> 1 <= sl k 0%nat <= sl' k 0%nat) ->
  1 <= wave sl er m 0%nat /\ wave sl er m 0%nat <= wave sl' er' m 0%nat /\
  (er 0%nat < er' 0%nat \/ (exists k, (L - m <= k < L)%nat /\ sl k 0%nat < sl' k 0%nat) ->
   wave sl er m 0%nat < wave sl' er' m 0%nat).
Proof.
  intros Hm H H'. induction m; intros S.
  - simpl. repeat split; auto. intros [C|(k & Hk & _)]; [exact C|lia].
  - rewrite !wave_square.
    destruct IHm as (A & B & C); [lia|intros; apply S; lia|].
    assert (D := S (L - Datatypes.S m)%nat ltac:(lia)).
    split; [nia|split; [nia|]]. intros Q.
    assert (er 0%nat < er' 0%nat \/ (exists k, (L - m <= k < L)%nat /\ sl k 0%nat < sl' k 0%nat)
      \/ sl (L - Datatypes.S m)%nat 0%nat < sl' (L - Datatypes.S m)%nat 0%nat) as [P|[P|P]].
    { destruct Q as [Q|(k & Hk & Q)]; [now left|]. right.
      destruct (Nat.eq_dec k (L - Datatypes.S m)) as [->|N]; [now right|left]. exists k. split; [lia|exact Q]. }
    + specialize (C (or_introl P)). nia.
    + specialize (C (or_intror P)). nia.
    + nia.
Qed.

Lemma cube_increasing a b : 1 <= a -> a <= b -> 1 <= 2 * a * (a * a) /\
  2 * a * (a * a) <= 2 * b * (b * b) /\ (a < b -> 2 * a * (a * a) < 2 * b * (b * b)).
Proof.
  intros A B. assert (1 <= a * a <= b * b) by nia. assert (a < b -> a * a < b * b) by nia.
  revert H H0. generalize (a * a) (b * b). intros p q P Q. repeat split; nia.
Qed.

(** The update as a function of the frames its factors see. *)
Definition product (τ : nat -> vec Zring) (v w : vec Zring) : Z :=
  delta_of Zring L one_wide ones none sq dsq Z.sub τ v zero_target l 0%nat * F (pred l) w 0%nat.

Lemma product_increasing τ τ' v v' w w' : (1 <= l <= L)%nat ->
  (forall k, (l <= k < L)%nat -> 1 <= τ k 0%nat <= τ' k 0%nat) ->
  1 <= v 0%nat <= v' 0%nat -> 1 <= w 0%nat <= w' 0%nat ->
  (w 0%nat < w' 0%nat \/ v 0%nat < v' 0%nat \/
   exists k, (l <= k < L)%nat /\ τ k 0%nat < τ' k 0%nat) -> product τ v w < product τ' v' w'.
Proof.
  intros Hl T V Wd Q. unfold product.
  destruct (F_increasing (pred l) w w' ltac:(lia) ltac:(lia)) as (A & B & C).
  assert (O : forall a, output_delta Zring L one_wide ones none sq dsq Z.sub a zero_target 0%nat
                        = 2 * F (pred L) a 0%nat * (F (pred L) a 0%nat * F (pred L) a 0%nat)).
  { intros a. unfold output_delta. rewrite drive_square by lia. destruct L as [|m]; [lia|].
    rewrite F_square. unfold zero_target. cbn [pred].
    set (c := F m a 0%nat). change (2 * c * (c * c - 0) = 2 * c * (c * c)). ring. }
  destruct (F_increasing (pred L) v v' ltac:(lia) ltac:(lia)) as (A' & B' & C').
  destruct (cube_increasing _ _ A' B') as (A3 & B3 & C3).
  unfold delta_of.
  destruct (wave_increasing (fun k => drive k (τ k)) (fun k => drive k (τ' k))
    (output_delta Zring L one_wide ones none sq dsq Z.sub v zero_target)
    (output_delta Zring L one_wide ones none sq dsq Z.sub v' zero_target) (L - l)) as (A2 & B2 & C2);
    [lia|rewrite O; exact A3|rewrite !O; exact B3| |].
  - intros k Hk. rewrite !drive_square by lia. specialize (T k ltac:(lia)).
    destruct (F_increasing (pred k) (τ k) (τ' k)) as (? & ? & _); lia.
  - destruct Q as [Q|[Q|(k & Hk & Q)]].
    + specialize (C Q). nia.
    + match goal with |- ?a * _ < ?b * _ => assert (a < b) end.
      { apply C2. left. rewrite !O. apply C3, C', Q. } nia.
    + match goal with |- ?a * _ < ?b * _ => assert (a < b) end.
      { apply C2. right. exists k. split; [lia|]. rewrite !drive_square by lia. specialize (T k Hk).
        destruct (F_increasing (pred k) (τ k) (τ' k)) as (? & ? & P); lia. } nia.
Qed.

Definition spike (f r : Z) : vec Zring := fun _ => if Z.eqb r f then 3 else 1.

(** Two factors of different lags: the update is no frame's gradient (Theorem 2 of the theory). *)
Theorem square_refutation t o o' : (1 <= l <= L)%nat -> reads L s e l o -> reads L s e l o' -> o <> o' ->
  forall t0 x d, square_run t0 (spike (t - o)) (fun _ => zero_target) x d -> seen L s e l t0 t ->
  forall f, update Zring x d t l 0 0 <> square_grad (spike (t - o) f) zero_target l 0%nat 0%nat.
Proof.
  intros Hl Ro Ro' Hne t0 x d R (Hi & He & Hs) f.
  rewrite (multi_frame Zring L _ _ _ _ _ _ s e t0 _ _ x d l t R Hl Hi He Hs).
  set (u := spike (t - o)).
  change (product (fun k => u (t - lag_slope L s e l k)) (u (t - lag_error L e l)) (u (t - lag_input l))
          <> product (fun _ => u f) (u f) (u f)).
  assert (B : forall r, 1 <= u r 0%nat <= 3) by (intros r; unfold u, spike; destruct (Z.eqb _ _); lia).
  assert (Hi3 : u (t - o) 0%nat = 3) by (unfold u, spike; now rewrite Z.eqb_refl).
  assert (Lo1 : u (t - o') 0%nat = 1)
    by (unfold u, spike; destruct (Z.eqb_spec (t - o') (t - o)); [lia|reflexivity]).
  destruct (Z.eq_dec (u f 0%nat) 3) as [E|E].
  - (* gradients of the input 3 are too large *)
    apply Z.lt_neq. apply product_increasing; intros; rewrite ?E; auto.
    destruct Ro' as [->|[->|(k & Hk & ->)]]; rewrite ?Lo1; auto with zarith.
    right; right. exists k. rewrite Lo1. auto with zarith.
  - (* gradients of the input 1 are too small *)
    assert (E1 : u f 0%nat = 1)
      by (unfold u, spike in *; destruct (Z.eqb f (t - o)); [now contradiction E|reflexivity]).
    apply Z.neq_sym, Z.lt_neq. apply product_increasing; intros; rewrite ?E1; auto using Z.le_refl; try apply B.
    + split; [lia|apply B].
    + split; [lia|apply B].
    + split; [lia|apply B].
    + destruct Ro as [->|[->|(k & Hk & ->)]]; rewrite ?Hi3; auto with zarith.
      right; right. exists k. rewrite Hi3. auto with zarith.
Qed.
End Square.

(** ** The complete answer on a chain: exact for every network iff all lags agree *)
Lemma seen_early L s e l : (1 <= l <= L)%nat -> seen L s e l (- (3 * Z.of_nat L + 3)) 0.
Proof.
  intros Hl. unfold seen, lag_input, lag_error, lag_slope.
  destruct e, s; cbn [residual_age slope_age]; repeat split; intros; lia.
Qed.

Lemma differing_lags L s e l : (1 <= l <= L)%nat ->
  (exists δ, synchronous L s e l δ) \/
  (exists o o', reads L s e l o /\ reads L s e l o' /\ o <> o').
Proof.
  intros Hl. destruct (Z.eq_dec (lag_error L e l) (lag_input l)) as [E|E];
    [|right; exists (lag_error L e l), (lag_input l); unfold reads; auto].
  assert (T : lag_target L e l = lag_input l).
  { revert E. unfold lag_error, lag_target, lag_input.
    destruct e; cbn [residual_age target_age]; lia. }
  assert (D : forall m, (forall k, (l <= k < l + m)%nat -> lag_slope L s e l k = lag_input l) \/
    exists k, (l <= k < l + m)%nat /\ lag_slope L s e l k <> lag_input l).
  { induction m as [|m [A|(k & Hk & N)]]; [left; intros; lia| |right; exists k; split; [lia|exact N]].
    destruct (Z.eq_dec (lag_slope L s e l (l + m)) (lag_input l)) as [Q|Q].
    - left. intros k Hk. destruct (Nat.eq_dec k (l + m)) as [->|]; [exact Q|apply A; lia].
    - right. exists (l + m)%nat. split; [lia|exact Q]. }
  destruct (D (L - l)%nat) as [A|(k & Hk & N)].
  - left. exists (lag_input l). repeat split; auto. intros k Hk. apply A. lia.
  - right. exists (lag_slope L s e l k), (lag_input l). unfold reads. split; [|now auto].
    right; right. exists k. split; [lia|reflexivity].
Qed.

Definition exact_always (L : nat) (s : slope) (e : error) (l : nat) (δ : Z) : Prop :=
  forall n W b sg dsg dl t0 u y x d t, run Zring L n W b sg dsg dl s e t0 u y x d ->
  seen L s e l t0 t -> forall i j,
  update Zring x d t l i j = grad Zring L n W b sg dsg dl (u (t - δ)%Z) (y (t - δ)%Z) l i j.

Theorem exact_iff_synchronous L s e l δ : (1 <= l <= L)%nat ->
  exact_always L s e l δ <-> synchronous L s e l δ.
Proof.
  intros Hl. split.
  2:{ intros H n W b sg dsg dl t0 u y x d t R (S & _) i j.
      eapply synchronous_exact; eauto. destruct H as [(A & _) _]. lia. }
  intros H. destruct (differing_lags L s e l Hl) as [[o Ho]|(o & o' & Ro & Ro' & N)].
  - destruct (Z.eq_dec o δ) as [->|N]; [exact Ho|]. exfalso.
    set (u := spike (0 - o)).
    assert (R := run_exists Zring L (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
      (fun _ a => (a * a)%Z) (fun _ a => (2 * a)%Z) Z.sub s e u (fun _ => zero_target)
      (- (3 * Z.of_nat L + 3))%Z ltac:(lia)).
    assert (P := H _ _ _ _ _ _ _ _ _ _ _ _ R (seen_early L s e l Hl) 0%nat 0%nat).
    assert (So : (- (3 * Z.of_nat L + 3) <= 0 - o)%Z).
    { destruct (seen_early L s e l Hl) as (A & _). destruct Ho as [(B & _) _]. now rewrite <- B. }
    rewrite (synchronous_exact _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ o R Hl Ho So) in P.
    revert P. apply Z.neq_sym, Z.lt_neq.
    assert (U3 : u (0 - o)%Z 0%nat = 3%Z) by (unfold u, spike; now rewrite Z.eqb_refl).
    assert (U1 : u (0 - δ)%Z 0%nat = 1%Z)
      by (unfold u, spike; destruct (Z.eqb_spec (0 - δ) (0 - o)); [lia|reflexivity]).
    apply (product_increasing L l (fun _ => u (0 - δ)%Z) (fun _ => u (0 - o)%Z));
      intros; rewrite ?U3, ?U1; auto with zarith.
  - exfalso.
    assert (R := run_exists Zring L (fun _ => 1%nat) (fun _ _ _ => 1%Z) (fun _ _ => 0%Z)
      (fun _ a => (a * a)%Z) (fun _ a => (2 * a)%Z) Z.sub s e (spike (0 - o)) (fun _ => zero_target)
      (- (3 * Z.of_nat L + 3))%Z ltac:(lia)).
    apply (square_refutation L l s e 0 o o' Hl Ro Ro' N _ _ _ R (seen_early L s e l Hl) (0 - δ)%Z).
    exact (H _ _ _ _ _ _ _ _ _ _ _ _ R (seen_early L s e l Hl) 0%nat 0%nat).
Qed.

(** K4: with the error the network computes, no layer of any depth is ever exact. *)
Corollary closed_loop_never L s e l δ : e = Closed \/ e = ClosedCurrent -> (1 <= l <= L)%nat ->
  ~ exact_always L s e l δ.
Proof.
  intros E Hl H. apply exact_iff_synchronous in H; [|exact Hl].
  now apply (closed_never L e l δ E Hl), H.
Qed.

(** K3: with a σ′ that the node has, nothing deeper than L = 3 is exact anywhere in the open loop. *)
Corollary local_slope_at_most_three L s l δ : s <> FrameConsistent -> (1 <= l <= L)%nat ->
  exact_always L s Open l δ -> (L <= 3)%nat.
Proof.
  intros S Hl H. apply exact_iff_synchronous in H; [|exact Hl].
  exact (local_slope_depth L s l δ S Hl H).
Qed.

(** (6) complete: in the paper's reading, exact iff 2 l = L + 1, and then with delay l - 1. *)
Corollary paper_reading L l δ : (1 <= l <= L)%nat ->
  exact_always L FrameConsistent Open l δ <-> (2 * l = L + 1)%nat /\ δ = (Z.of_nat l - 1)%Z.
Proof. intros Hl. rewrite exact_iff_synchronous by exact Hl. now apply synchronous_open_iff. Qed.
