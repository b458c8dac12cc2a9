(** * Theorem 8 in the numbers that the tool prints

    Paper: "synchronization approximatively holds whenever u_t is not too fast with respect to L".
    Claims K8, C8.  The tool: [waveproof bound], the lines of the global constant.

    Vocabulary, over ℝ; each name is a line of the tool's output.
      sup m v         |v|_∞, the largest of |v 0| … |v (m-1)|
      row_norm l      |W_l|_∞, the largest absolute row sum       col_norm l   |W_l|_1, the largest column sum
      s1 k, s2 k      bounds of |σ′| and of the Lipschitz constant of σ′ in layer k, on [dom k]: the whole line, or
                      the range of the drives there
      N k             Π_{j=1}^{k} s1 j |W_{j-1}|_∞               K_ k         |W_{k-1}|_∞ N (k-1)
      Pi l            Π_{k=l}^{L-1} |W_k|_1
      S_all l         Π_{k=l}^{L} s1 k                            S_at l k     the same, s2 k in the place of s1 k
      X, R            at least |x_{l-1}|_∞ at the reference frame, and |x_L - y|_∞ there + N_L V_r + V_y
      V o             how far frame t - o is from the reference frame t - r: under a window (every frame within V of
                      one point) 2V, 0 if o = r; under a rate |o - r| v.  V_x, V_k, V_r are V at the lags of the input,
                      of σ′ in layer k, of the error; V_s = V_r in every reading. *)
From Coq Require Import ZArith Lia Reals Lra.
From WaveProof Require Import Algebra Waves Timing Exactness Derivative Refutation ErrorLaws Bound.
Local Open Scope R_scope.

Definition Roring : oring.
Proof.
  refine (Build_oring Rring Rle Rabs _ _ _ _ _ _ _ _ _ _); simpl; intros; try lra.
  - now apply Rmult_le_pos.
  - apply Rabs_pos.
  - apply Rabs_R0.
  - apply Rabs_Ropp.
  - apply Rabs_triang.
  - right. apply Rabs_mult.
Defined.

(** ** Largest entries, sums and products *)
Fixpoint sup (m : nat) (v : nat -> R) : R :=
  match m with O => 0 | S m => Rmax (sup m v) (Rabs (v m)) end.
(** Σ_{k=a}^{a+m-1} and Π_{k=a}^{a+m-1} *)
Fixpoint total (a m : nat) (f : nat -> R) : R := match m with O => 0 | S m => f a + total (S a) m f end.
Fixpoint product (a m : nat) (f : nat -> R) : R := match m with O => 1 | S m => f a * product (S a) m f end.

Lemma sup_pos m v : 0 <= sup m v.
Proof. induction m; simpl; [lra|]. eapply Rle_trans; [exact IHm|apply Rmax_l]. Qed.
Lemma sup_entry m v i : (i < m)%nat -> Rabs (v i) <= sup m v.
Proof.
  induction m; intros H; [lia|]. simpl. destruct (Nat.eq_dec i m) as [->|N]; [apply Rmax_r|].
  eapply Rle_trans; [apply IHm; lia|apply Rmax_l].
Qed.
Lemma sup_least m v c : 0 <= c -> (forall i, (i < m)%nat -> Rabs (v i) <= c) -> sup m v <= c.
Proof. intros C H. induction m; simpl; [exact C|]. apply Rmax_lub; auto. Qed.
Lemma entry_of_sup m v i c : sup m v <= c -> (i < m)%nat -> Rabs (v i) <= c.
Proof. intros H Hi. apply Rle_trans with (sup m v); [now apply sup_entry|exact H]. Qed.
Lemma total_ext a m f f' : (forall k, (a <= k < a + m)%nat -> f k = f' k) -> total a m f = total a m f'.
Proof.
  revert a. induction m; intros a H; simpl; [reflexivity|]. rewrite (H a) by lia. f_equal. apply IHm.
  intros; apply H; lia.
Qed.
Lemma product_ext a m f f' : (forall k, (a <= k < a + m)%nat -> f k = f' k) -> product a m f = product a m f'.
Proof.
  revert a. induction m; intros a H; simpl; [reflexivity|]. rewrite (H a) by lia. f_equal. apply IHm.
  intros; apply H; lia.
Qed.
Lemma product_last a m f : product a (S m) f = product a m f * f (a + m)%nat.
Proof.
  revert a. induction m; intros a; [simpl; rewrite Nat.add_0_r; ring|].
  change (product a (S (S m)) f) with (f a * product (S a) (S m) f). rewrite IHm. simpl.
  replace (a + S m)%nat with (S (a + m)) by lia. ring.
Qed.

Section Constant.
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> R) (b : nat -> nat -> R).
Variables (sg dsg : nat -> R -> R) (s1 s2 : nat -> R) (dom : nat -> R -> Prop).

Definition row_norm (l : nat) : R := sup (n (S l)) (fun i => @sum Rring (n l) (fun j => Rabs (W l i j))).
Definition col_norm (l : nat) : R := sup (n l) (fun j => @sum Rring (n (S l)) (fun i => Rabs (W l i j))).
Definition N (k : nat) : R := product 1 k (fun j => s1 j * row_norm (pred j)).
Definition K_ (k : nat) : R := row_norm (pred k) * N (pred k).
Definition Pi (l : nat) : R := product l (L - l) col_norm.
Definition S_all (l : nat) : R := product l (S (L - l)) s1.
Definition S_at (l k : nat) : R := product l (S (L - l)) (fun j => if Nat.eqb j k then s2 j else s1 j).

(** The formula: Π [ S R N_{l-1} V_x + X ( R (Σ_{k=l}^{L-1} S_k K_k V_k + S_L K_L V_s) + S (N_L V_r + V_y) ) ] *)
Definition constant (l : nat) (V_x : R) (V_ : nat -> R) (V_s V_r V_y X R_ : R) : R :=
  Pi l * (S_all l * R_ * N (pred l) * V_x +
    X * (R_ * (total l (L - l) (fun k => S_at l k * K_ k * V_ k) + S_at l L * K_ L * V_s)
         + S_all l * (N L * V_r + V_y))).

(** ** They are those of the telescoping theorem *)
Lemma sum_abs_pos m (w : nat -> R) : 0 <= @sum Rring m (fun j => Rabs (w j)).
Proof. induction m; simpl; [lra|]. assert (P := Rabs_pos (w m)). lra. Qed.

Lemma row_norm_bounds l i : (i < n (S l))%nat -> @sum Rring (n l) (fun j => Rabs (W l i j)) <= row_norm l.
Proof.
  intros H. rewrite <- (Rabs_pos_eq (@sum Rring (n l) _)) by apply sum_abs_pos.
  now apply (sup_entry _ (fun i => @sum Rring (n l) (fun j => Rabs (W l i j)))).
Qed.
Lemma col_norm_bounds l j : (j < n l)%nat -> @sum Rring (n (S l)) (fun i => Rabs (W l i j)) <= col_norm l.
Proof.
  intros H. rewrite <- (Rabs_pos_eq (@sum Rring (n (S l)) _)) by apply sum_abs_pos.
  now apply (sup_entry _ (fun j => @sum Rring (n (S l)) (fun i => Rabs (W l i j)))).
Qed.

Lemma gain_is k : gain Roring s1 row_norm k = N k :> R.
Proof.
  unfold N. induction k; [reflexivity|]. rewrite product_last, <- IHk.
  change (gain Roring s1 row_norm (S k)) with (s1 (S k) * (row_norm k * gain Roring s1 row_norm k)).
  replace (1 + k)%nat with (S k) by lia. simpl. ring.
Qed.
Lemma drive_gain_is k : drive_gain Roring s1 row_norm k = K_ k :> R.
Proof. unfold drive_gain, K_. now rewrite gain_is. Qed.
Lemma pull_is m : (m <= L)%nat -> pull Roring L col_norm m = product (L - m) m col_norm :> R.
Proof.
  induction m; intros H; [reflexivity|].
  change (pull Roring L col_norm (S m)) with (col_norm (L - S m) * pull Roring L col_norm m).
  rewrite IHm by lia. cbn [product]. now replace (S (L - S m)) with (L - m)%nat by lia.
Qed.
Lemma steep_is m : (m <= L)%nat -> steep Roring L s1 m = product (L - m) (S m) s1 :> R.
Proof.
  induction m; intros H; [simpl; rewrite Nat.sub_0_r; ring|].
  change (steep Roring L s1 (S m)) with (s1 (L - S m)%nat * steep Roring L s1 m).
  rewrite IHm by lia. change (product (L - S m) (S (S m)) s1) with
    (s1 (L - S m)%nat * product (S (L - S m)) (S m) s1).
  now replace (S (L - S m)) with (L - m)%nat by lia.
Qed.
Lemma factor_is p q : (p <= L)%nat -> (q <= L)%nat -> factor Roring L s1 s2 p q =
  (if Nat.eqb (L - q) (L - p) then s2 (L - q)%nat else s1 (L - q)%nat) :> R.
Proof.
  intros P Q. unfold factor. destruct (Nat.eqb_spec q p); destruct (Nat.eqb_spec (L - q) (L - p)); lia || reflexivity.
Qed.
Lemma swapped_is m p : (m <= L)%nat -> (p <= L)%nat -> swapped Roring L s1 s2 m p =
  product (L - m) (S m) (fun j => if Nat.eqb j (L - p) then s2 j else s1 j) :> R.
Proof.
  intros Hm Hp. induction m.
  - cbn [swapped]. rewrite factor_is by lia. cbn [product]. rewrite Nat.sub_0_r. ring.
  - change (swapped Roring L s1 s2 (S m) p) with
      (factor Roring L s1 s2 p (S m) * swapped Roring L s1 s2 m p).
    rewrite IHm by lia. rewrite factor_is by lia.
    change (product (L - S m) (S (S m)) ?f) with (f (L - S m)%nat * product (S (L - S m)) (S m) f).
    now replace (S (L - S m)) with (L - m)%nat by lia.
Qed.
(** The same sum from the other end. *)
Lemma total_reversed m f : (m <= L)%nat ->
  @sum Rring (S m) (fun p => f (L - p)%nat) = total (L - m) m f + f L :> R.
Proof.
  induction m; intros H; [simpl; rewrite Nat.sub_0_r; ring|].
  change (@sum Rring (S (S m)) ?g) with (@sum Rring (S m) g + g (S m)). rewrite IHm by lia.
  cbn [total]. replace (S (L - S m)) with (L - m)%nat by lia. ring.
Qed.
Lemma bends_is l V_ : (1 <= l <= L)%nat -> bends Roring L s1 s2 (L - l) (fun k => drive_gain Roring s1 row_norm k * V_ k) =
  total l (L - l) (fun k => S_at l k * K_ k * V_ k) + S_at l L * K_ L * V_ L :> R.
Proof.
  intros H. unfold bends.
  transitivity (@sum Rring (S (L - l)) (fun p => (fun k => S_at l k * K_ k * V_ k) (L - p)%nat)).
  - apply (sum_ext Rring). intros p Hp. rewrite swapped_is, drive_gain_is by lia. unfold S_at.
    replace (L - (L - l))%nat with l by lia. simpl. ring.
  - rewrite (total_reversed (L - l) (fun k => S_at l k * K_ k * V_ k)) by lia.
    now replace (L - (L - l))%nat with l by lia.
Qed.

Lemma constant_is l V_ V_x V_y X R_ : (1 <= l <= L)%nat ->
  theorem_8 Roring L s1 s2 row_norm col_norm l V_ V_x V_y X R_ = constant l V_x V_ (V_ L) (V_ L) V_y X R_ :> R.
Proof.
  intros H. unfold theorem_8, constant. rewrite bends_is by exact H.
  rewrite !gain_is, pull_is, steep_is by lia. unfold Pi, S_all.
  replace (L - (L - l))%nat with l by lia. simpl. ring.
Qed.

(** ** The bound *)
Hypothesis s1_pos : forall k, 0 <= s1 k.
Hypothesis s2_pos : forall k, 0 <= s2 k.
Hypothesis slope_bound : forall k a, dom k a -> Rabs (dsg k a) <= s1 k.
Hypothesis sigma_lipschitz : forall k a a', dom k a -> dom k a' -> Rabs (sg k a - sg k a') <= s1 k * Rabs (a - a').
Hypothesis slope_lipschitz : forall k a a', dom k a -> dom k a' -> Rabs (dsg k a - dsg k a') <= s2 k * Rabs (a - a').
Notation F := (F Rring n W b sg).
Notation grad := (grad Rring L n W b sg dsg Rminus).
Notation ranged := (ranged Roring L n W b sg dom).

Variables (s : slope) (e : error) (t0 : Z) (u y : Z -> vec Rring) (x d : Z -> nat -> vec Rring).
Hypothesis Rn : run Rring L n W b sg dsg Rminus s e t0 u y x d.
Variables (l : nat) (t r : Z).
Hypothesis Hl : (1 <= l <= L)%nat.
Hypothesis Hseen : seen L s e l t0 t.
Hypothesis Hranged : forall f, ranged (u f).
Variables (X R_ : R).
Hypothesis HX : sup (n (pred l)) (F (pred l) (u (t - r)%Z)) <= X.

Theorem global_constant (V : Z -> R) (V_y : R) : (forall o, 0 <= V o) -> 0 <= V_y ->
  (forall o, sup (n 0) (fun j => u (t - o)%Z j - u (t - r)%Z j) <= V o) ->
  sup (n L) (fun i => y (t - lag_target L e l)%Z i - y (t - r)%Z i) <= V_y ->
  sup (n L) (fun i => F L (u (t - r)%Z) i - y (t - r)%Z i) + (N L * V (lag_error L e l) + V_y) <= R_ ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  Rabs (update Rring x d t l i j - grad (u (t - r)%Z) (y (t - r)%Z) l i j) <=
    constant l (V (lag_input l)) (fun k => V (lag_slope L s e l k))
      (V (lag_error L e l)) (V (lag_error L e l)) V_y X R_.
Proof.
  intros VP VyP HV HVy HR i j Hi Hj.
  assert (NP : 0 <= N L).
  { rewrite <- gain_is. apply (gain_pos Roring); auto. intros; apply sup_pos. }
  assert (RP : 0 <= R_).
  { assert (A := sup_pos (n L) (fun i => F L (u (t - r)%Z) i - y (t - r)%Z i)).
    assert (B := Rmult_le_pos _ _ NP (VP (lag_error L e l))). lra. }
  assert (XP : 0 <= X) by (eapply Rle_trans; [apply sup_pos|exact HX]).
  pose proof (layered_bound Roring L n W b sg dsg s1 s2 row_norm col_norm dom s1_pos s2_pos
    (fun _ => sup_pos _ _) (fun _ => sup_pos _ _) slope_bound sigma_lipschitz slope_lipschitz
    row_norm_bounds col_norm_bounds s e t0 u y x d l t r V V_y X R_ Rn Hl Hseen Hranged VP VyP XP RP) as B.
  assert (E : theorem_8 Roring L s1 s2 row_norm col_norm l (far Roring L s e l V) (V (lag_input l)) V_y X R_ =
    constant l (V (lag_input l)) (fun k => V (lag_slope L s e l k))
      (V (lag_error L e l)) (V (lag_error L e l)) V_y X R_).
  { rewrite constant_is by exact Hl. unfold constant.
    replace (far Roring L s e l V L) with (V (lag_error L e l)) by (unfold far; now rewrite Nat.eqb_refl).
    rewrite (total_ext l (L - l) (fun k => S_at l k * K_ k * far Roring L s e l V k)
      (fun k => S_at l k * K_ k * V (lag_slope L s e l k))); [reflexivity|].
    intros k Hk. unfold far. destruct (Nat.eqb_spec k L); [lia|reflexivity]. }
  rewrite <- E. apply B; auto.
  - intros o q Hq. exact (entry_of_sup _ _ q _ (HV o) Hq).
  - intros q Hq. exact (entry_of_sup _ _ q _ HVy Hq).
  - intros q Hq. exact (entry_of_sup _ _ q _ HX Hq).
  - intros q Hq. rewrite gain_is. eapply Rle_trans; [|exact HR]. apply Rplus_le_compat_r.
    exact (sup_entry _ (fun i => F L (u (t - r)%Z) i - y (t - r)%Z i) q Hq).
Qed.

(** [--variation V]: every frame within V of one point c, every target within V_t of one point. *)
Definition window (V : R) (r o : Z) : R := if Z.eqb o r then 0 else 2 * V.

Lemma window_distance m (v : Z -> nat -> R) c V o : (forall f, sup m (fun j => v f j - c j) <= V) ->
  sup m (fun j => v (t - o)%Z j - v (t - r)%Z j) <= window V r o.
Proof.
  intros H. assert (P : 0 <= V) by (eapply Rle_trans; [apply sup_pos|apply (H t)]).
  unfold window. destruct (Z.eqb_spec o r) as [->|N].
  - apply sup_least; [lra|]. intros i Hi. rewrite Rminus_diag_eq by reflexivity. rewrite Rabs_R0. lra.
  - apply sup_least; [lra|]. intros i Hi.
    replace (v (t - o)%Z i - v (t - r)%Z i) with ((v (t - o)%Z i - c i) + - (v (t - r)%Z i - c i)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
    assert (A := entry_of_sup _ _ i _ (H (t - o)%Z) Hi). assert (B := entry_of_sup _ _ i _ (H (t - r)%Z) Hi).
    simpl in A, B. lra.
Qed.

Theorem global_constant_window c cy V V_t :
  (forall f, sup (n 0) (fun j => u f j - c j) <= V) -> (forall f, sup (n L) (fun i => y f i - cy i) <= V_t) ->
  let V_ := window V r in let V_y := window V_t r (lag_target L e l) in
  sup (n L) (fun i => F L (u (t - r)%Z) i - y (t - r)%Z i) + (N L * V_ (lag_error L e l) + V_y) <= R_ ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  Rabs (update Rring x d t l i j - grad (u (t - r)%Z) (y (t - r)%Z) l i j) <=
    constant l (V_ (lag_input l)) (fun k => V_ (lag_slope L s e l k))
      (V_ (lag_error L e l)) (V_ (lag_error L e l)) V_y X R_.
Proof.
  intros Hu Hy V_ V_y HR.
  assert (P : 0 <= V) by (eapply Rle_trans; [apply sup_pos|apply (Hu t)]).
  assert (Q : 0 <= V_t) by (eapply Rle_trans; [apply sup_pos|apply (Hy t)]).
  apply global_constant; auto.
  - intros o. unfold V_, window. destruct (Z.eqb o r); lra.
  - unfold V_y, window. destruct (Z.eqb _ r); lra.
  - intros o. now apply window_distance with (c := c).
  - now apply window_distance with (c := cy).
Qed.

(** [--rate v]: successive frames differ by at most v. *)
Definition rate (v : R) (r o : Z) : R := IZR (Z.abs (o - r)) * v.

Lemma rate_steps m (w : Z -> nat -> R) v q f : (forall f, sup m (fun j => w (f + 1)%Z j - w f j) <= v) ->
  forall j, (j < m)%nat -> Rabs (w (f + Z.of_nat q)%Z j - w f j) <= INR q * v.
Proof.
  intros H j Hj. induction q.
  - simpl. rewrite Z.add_0_r, Rminus_diag_eq by reflexivity. rewrite Rabs_R0. lra.
  - rewrite S_INR. replace (f + Z.of_nat (S q))%Z with (f + Z.of_nat q + 1)%Z by lia.
    replace (w (f + Z.of_nat q + 1)%Z j - w f j) with
      ((w (f + Z.of_nat q)%Z j - w f j) + (w (f + Z.of_nat q + 1)%Z j - w (f + Z.of_nat q)%Z j)) by ring.
    assert (A := entry_of_sup _ _ j _ (H (f + Z.of_nat q)%Z) Hj). simpl in A.
    eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.

Lemma rate_distance m (w : Z -> nat -> R) v o : 0 <= v -> (forall f, sup m (fun j => w (f + 1)%Z j - w f j) <= v) ->
  sup m (fun j => w (t - o)%Z j - w (t - r)%Z j) <= rate v r o.
Proof.
  intros P H. unfold rate. apply sup_least.
  - apply Rmult_le_pos; [apply IZR_le; lia|exact P].
  - intros j Hj. set (q := Z.to_nat (Z.abs (o - r))).
    replace (IZR (Z.abs (o - r))) with (INR q) by (rewrite INR_IZR_INZ; f_equal; unfold q; lia).
    destruct (Z_le_gt_dec o r).
    + replace (t - o)%Z with (t - r + Z.of_nat q)%Z by (unfold q; lia). now apply rate_steps with (m := m).
    + replace (t - r)%Z with (t - o + Z.of_nat q)%Z by (unfold q; lia).
      rewrite Rabs_minus_sym. now apply rate_steps with (m := m).
Qed.

Theorem global_constant_rate v v_t : 0 <= v -> 0 <= v_t ->
  (forall f, sup (n 0) (fun j => u (f + 1)%Z j - u f j) <= v) ->
  (forall f, sup (n L) (fun i => y (f + 1)%Z i - y f i) <= v_t) ->
  let V_ := rate v r in let V_y := rate v_t r (lag_target L e l) in
  sup (n L) (fun i => F L (u (t - r)%Z) i - y (t - r)%Z i) + (N L * V_ (lag_error L e l) + V_y) <= R_ ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  Rabs (update Rring x d t l i j - grad (u (t - r)%Z) (y (t - r)%Z) l i j) <=
    constant l (V_ (lag_input l)) (fun k => V_ (lag_slope L s e l k))
      (V_ (lag_error L e l)) (V_ (lag_error L e l)) V_y X R_.
Proof.
  intros P Q Hu Hy V_ V_y HR. apply global_constant; auto.
  - intros o. apply Rmult_le_pos; [apply IZR_le; lia|exact P].
  - apply Rmult_le_pos; [apply IZR_le; lia|exact Q].
  - intros o. now apply rate_distance.
  - now apply rate_distance.
Qed.
End Constant.

Lemma distances_hold V v r o : window V r o = (if Z.eqb o r then 0 else 2 * V) /\ rate v r o = IZR (Z.abs (o - r)) * v.
Proof. split; reflexivity. Qed.
