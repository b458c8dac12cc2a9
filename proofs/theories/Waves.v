(** * The tick machine of a chain, and the multi-frame lemma

    Paper: the time-delay model (1)–(3), the backward wave (4) and the update (5).  Claims K1, C1.

    Vocabulary.  Layers 0..L, [n l] units in layer l.  [W l i j] is the matrix from layer l to l+1,
    [b l i] a bias (layer l+1), [sg l], [dsg l] are σ and σ′ of layer l, [dl] the derivative of the
    loss in an output.  A *frame* is the index of an input: [u t] is frame t, and
      x t l    x_{t,l}            d t l    δ_{t,l}          update t l   g_{t,l} = δ_{t,l} x_{t,l-1}ᵀ
      F l u    the static activity of layer l               drive l u    its pre-activation, l ≥ 1
      wave L s e m    m backward steps (4) from the output error e: a vector at layer L - m, where
                      [s k] is what σ′ of layer k is applied to
      delta_of τ v z l    δ_l with σ′ of layer k reading frame τ k, the error that of (v, z)
      grad v z l          the gradient of one frame, with respect to W_{l-1}.
    (5) labels the backward operator by its number of steps; (4) read literally labels it by the
    layer reached, and then (5) names the wrong layer: [wave] counts steps. *)
From Coq Require Import ZArith Lia Ring.
From WaveProof Require Import Algebra.
Local Open Scope K_scope.

(** The readings of the text that the contract fixes: where σ′ is read, which error enters. *)
Inductive slope := FrameConsistent | Drive | Emitted | Previous.
Inductive error := Open | Closed | ClosedCurrent | ClosedDrive.

(** Lags: a factor of g_{t,l} has lag o when it is a function of frame t - o. *)
Section Lags.
Variable L : nat.
Local Open Scope Z_scope.
Definition residual_age (e : error) : Z :=
  match e with Open => 0 | Closed | ClosedCurrent => Z.of_nat L | ClosedDrive => Z.of_nat L - 1 end.
Definition target_age (e : error) : Z :=
  match e with Open | ClosedCurrent => 0 | Closed => Z.of_nat L | ClosedDrive => Z.of_nat L - 1 end.
Definition lag_input (l : nat) : Z := Z.of_nat l - 1.
Definition lag_error (e : error) (l : nat) : Z := Z.of_nat L - Z.of_nat l + residual_age e.
Definition lag_target (e : error) (l : nat) : Z := Z.of_nat L - Z.of_nat l + target_age e.
Definition slope_age (s : slope) (e : error) (k : nat) : Z :=
  match s with
  | FrameConsistent => Z.of_nat L - Z.of_nat k + residual_age e
  | Drive => Z.of_nat k - 1 | Emitted => Z.of_nat k | Previous => Z.of_nat k + 1 end.
Definition lag_slope (s : slope) (e : error) (l k : nat) : Z :=
  Z.of_nat k - Z.of_nat l + slope_age s e k.
End Lags.

Section Chain.
Variable K : cring.
Add Ring Kring : (law K).
Variables (L : nat) (n : nat -> nat) (W : nat -> nat -> nat -> K) (b : nat -> nat -> K).
Variables (sg dsg : nat -> K -> K) (dl : K -> K -> K).

Definition same (v w : vec K) := forall i, v i = w i.

(** ** The static network *)
Definition affine (l : nat) (x : vec K) : vec K :=
  fun i => sum (n l) (fun j => W l i j * x j) + b l i.
Fixpoint F (l : nat) (u : vec K) : vec K :=
  match l with O => u | S k => fun i => sg (S k) (affine k (F k u) i) end.
Definition drive (l : nat) (u : vec K) : vec K := affine (pred l) (F (pred l) u).
Fixpoint wave (s : nat -> vec K) (e : vec K) (m : nat) : vec K :=
  match m with
  | O => e
  | S m => fun i => dsg (L - S m) (s (L - S m)%nat i) *
                    sum (n (L - m)) (fun j => W (L - S m) j i * wave s e m j)
  end.
Definition output_delta (v z : vec K) : vec K :=
  fun i => dsg L (drive L v i) * dl (F L v i) (z i).
Definition delta_of (τ : nat -> vec K) (v z : vec K) (l : nat) : vec K :=
  wave (fun k => drive k (τ k)) (output_delta v z) (L - l).
Definition delta (v z : vec K) (l : nat) : vec K := delta_of (fun _ => v) v z l.
Definition grad (v z : vec K) (l i j : nat) : K := delta v z l i * F (pred l) v j.

(** ** The tick machine: equations that hold from tick t0 on; before it, anything *)
Section Run.
Variables (s : slope) (e : error) (t0 : Z) (u y : Z -> vec K).
Variables (x d : Z -> nat -> vec K).
Definition present (t : Z) (l : nat) : vec K := affine (pred l) (x t (pred l)).
Definition injected (t : Z) : vec K :=
  match e with
  | Open => output_delta (u t) (y t)
  | Closed => fun i => dsg L (present (t - 1) L i) * dl (x t L i) (y (t - Z.of_nat L)%Z i)
  | ClosedCurrent => fun i => dsg L (present (t - 1) L i) * dl (x t L i) (y t i)
  | ClosedDrive => fun i => dsg L (present t L i) *
                            dl (sg L (present t L i)) (y (t - Z.of_nat L + 1)%Z i)
  end.
Definition read_slope (t : Z) (k : nat) : vec K :=
  match s with
  | FrameConsistent => drive k (u (t - slope_age L FrameConsistent e k)%Z)
  | Drive => present t k
  | Emitted => present (t - 1) k
  | Previous => present (t - 2) k
  end.
Record forward_run : Prop := {
  run_input : forall t, (t0 <= t)%Z -> same (x t 0%nat) (u t);
  run_forward : forall t l i, (t0 <= t)%Z -> x (t + 1)%Z (S l) i = sg (S l) (affine l (x t l) i) }.
Record run : Prop := {
  run_waves :> forward_run;
  run_output : forall t, (t0 <= t)%Z -> same (d t L) (injected t);
  run_backward : forall t l i, (t0 <= t)%Z -> (1 <= l < L)%nat ->
    d (t + 1)%Z l i = dsg l (read_slope (t + 1) l i) *
                      sum (n (S l)) (fun j => W l j i * d t (S l) j) }.
Definition update (t : Z) (l i j : nat) : K := d t l i * x t (pred l) j.
End Run.

(** ** Equal vectors in, equal vectors out *)
Lemma affine_same l x x' : same x x' -> same (affine l x) (affine l x').
Proof. intros E i. unfold affine. f_equal. apply sum_ext. intros. now rewrite E. Qed.

Lemma F_same l v v' : same v v' -> same (F l v) (F l v').
Proof.
  intros E. induction l; simpl; [exact E|]. intros i. f_equal. now apply affine_same.
Qed.

Lemma drive_same l v v' : same v v' -> same (drive l v) (drive l v').
Proof. intros E. now apply affine_same, F_same. Qed.

Lemma wave_same s s' e e' m : (m <= L)%nat -> same e e' ->
  (forall k, (L - m <= k < L)%nat -> same (s k) (s' k)) -> same (wave s e m) (wave s' e' m).
Proof.
  intros Hm E S. induction m; [exact E|]. intros i. simpl. f_equal.
  - f_equal. apply S. lia.
  - apply sum_ext. intros j _. f_equal. apply IHm; [lia|]. intros; apply S. lia.
Qed.

Lemma output_delta_same v v' z z' : same v v' -> same z z' ->
  same (output_delta v z) (output_delta v' z').
Proof.
  intros V Z i. unfold output_delta. now rewrite (drive_same L v v' V i), (F_same L v v' V i), (Z i).
Qed.

(** Theorem 1 of the theory in one line: a multi-frame update all of whose frames show the same
    input is the gradient at that input.  Holds for constant, held and periodic inputs alike. *)
Lemma delta_of_same τ v z l w z' : (l <= L)%nat ->
  (forall k, (l <= k < L)%nat -> same (τ k) w) -> same v w -> same z z' ->
  same (delta_of τ v z l) (delta w z' l).
Proof.
  intros Hl T V Z. apply wave_same; [lia|now apply output_delta_same|].
  intros k Hk. apply drive_same, T. lia.
Qed.

(** ** The forward wave, (2) and (3): x_{t+κ,κ} is the κ-fold map of u_t *)
Lemma forward_wave t0 u x : forward_run t0 u x ->
  forall l t, (t0 <= t - Z.of_nat l)%Z -> same (x t l) (F l (u (t - Z.of_nat l)%Z)).
Proof.
  intros R. induction l; intros t Ht i.
  - rewrite (run_input _ _ _ R t ltac:(lia) i).
    replace (t - Z.of_nat 0)%Z with t by lia. reflexivity.
  - replace t with ((t - 1) + 1)%Z at 1 by lia.
    rewrite (run_forward _ _ _ R) by lia. simpl. f_equal.
    rewrite (affine_same l _ _ (IHl (t - 1)%Z ltac:(lia)) i).
    now replace (t - 1 - Z.of_nat l)%Z with (t - Z.of_nat (S l))%Z by lia.
Qed.

Lemma present_wave t0 u x : forward_run t0 u x ->
  forall l t, (1 <= l)%nat -> (t0 <= t - (Z.of_nat l - 1))%Z ->
  same (present x t l) (drive l (u (t - (Z.of_nat l - 1))%Z)).
Proof.
  intros R l t Hl Ht i. unfold present, drive.
  rewrite (affine_same (pred l) _ _ (forward_wave _ _ _ R (pred l) t ltac:(lia)) i).
  now replace (t - Z.of_nat (pred l))%Z with (t - (Z.of_nat l - 1))%Z by lia.
Qed.

Lemma injected_wave e t0 u y x : forward_run t0 u x -> (1 <= L)%nat ->
  forall t, (t0 <= t - residual_age L e)%Z ->
  same (injected e u y x t) (output_delta (u (t - residual_age L e)%Z) (y (t - target_age L e)%Z)).
Proof.
  intros R HL t Ht i. destruct e; unfold injected, output_delta; cbn [residual_age target_age] in *.
  - now rewrite !Z.sub_0_r.
  - rewrite (present_wave _ _ _ R L (t - 1)%Z HL ltac:(lia) i),
      (forward_wave _ _ _ R L t ltac:(lia) i).
    now replace (t - 1 - (Z.of_nat L - 1))%Z with (t - Z.of_nat L)%Z by lia.
  - rewrite (present_wave _ _ _ R L (t - 1)%Z HL ltac:(lia) i),
      (forward_wave _ _ _ R L t ltac:(lia) i), Z.sub_0_r.
    now replace (t - 1 - (Z.of_nat L - 1))%Z with (t - Z.of_nat L)%Z by lia.
  - rewrite (present_wave _ _ _ R L t HL ltac:(lia) i).
    replace (F L (u (t - (Z.of_nat L - 1))%Z) i)
      with (sg L (drive L (u (t - (Z.of_nat L - 1))%Z) i)) by (now destruct L; [lia|]).
    now replace (t - Z.of_nat L + 1)%Z with (t - (Z.of_nat L - 1))%Z by lia.
Qed.

Lemma slope_wave s e t0 u x : forward_run t0 u x ->
  forall k t, (1 <= k)%nat -> (t0 <= t - slope_age L s e k)%Z ->
  same (read_slope s e u x t k) (drive k (u (t - slope_age L s e k)%Z)).
Proof.
  intros R k t Hk Ht i. destruct s; unfold read_slope; [reflexivity| | |];
    cbn [slope_age] in *; rewrite (present_wave _ _ _ R k) by lia;
    f_equal; f_equal; lia.
Qed.

(** ** The backward wave and the multi-frame lemma *)
Lemma backward_wave s e t0 u y x d : run s e t0 u y x d ->
  forall m t, (m < L)%nat -> (t0 <= t - Z.of_nat m)%Z ->
  (t0 <= t - lag_error L e (L - m))%Z ->
  (forall k, (L - m <= k < L)%nat -> (t0 <= t - lag_slope L s e (L - m) k)%Z) ->
  same (d t (L - m)%nat)
    (delta_of (fun k => u (t - lag_slope L s e (L - m) k)%Z) (u (t - lag_error L e (L - m))%Z)
       (y (t - lag_target L e (L - m))%Z) (L - m)).
Proof.
  intros R. induction m; intros t Hm H0 He Hs i.
  - unfold delta_of, lag_error, lag_target in *. replace (L - 0)%nat with L in * by lia.
    rewrite Nat.sub_diag. cbn [wave].
    rewrite (run_output _ _ _ _ _ _ _ R t ltac:(lia) i).
    rewrite Z.sub_diag, !Z.add_0_l in *.
    apply (injected_wave _ _ _ _ _ R ltac:(lia) t He i).
  - assert (E : S (L - S m) = (L - m)%nat) by lia.
    assert (Hs0 := Hs (L - S m)%nat ltac:(lia)).
    unfold lag_error, lag_target, lag_slope in *. rewrite ?Z.sub_diag, ?Z.add_0_l in Hs0.
    replace t with ((t - 1) + 1)%Z at 1 by lia.
    rewrite (run_backward _ _ _ _ _ _ _ R) by lia.
    unfold delta_of. replace (L - (L - S m))%nat with (S m) by lia. cbn [wave].
    replace (t - 1 + 1)%Z with t by lia. f_equal.
    + f_equal. rewrite (slope_wave _ _ _ _ _ R (L - S m) t ltac:(lia) Hs0 i).
      now rewrite Z.sub_diag, Z.add_0_l.
    + rewrite E. apply sum_ext. intros j _. f_equal.
      rewrite IHm; [|lia|lia|lia|intros k Hk; specialize (Hs k ltac:(lia)); lia].
      unfold delta_of. replace (L - (L - m))%nat with m by lia.
      apply wave_same; [lia| |].
      * apply output_delta_same; intros q; f_equal; lia.
      * intros k Hk. apply drive_same. intros q. f_equal. lia.
Qed.

(** The multi-frame lemma (C1), for every reading of the contract: once every frame that is read
    is one the run has seen, g_{t,l} is one product whose factors read the frames that the lags name. *)
Theorem multi_frame s e t0 u y x d l t : run s e t0 u y x d -> (1 <= l <= L)%nat ->
  (t0 <= t - lag_input l)%Z -> (t0 <= t - lag_error L e l)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update x d t l i j =
    delta_of (fun k => u (t - lag_slope L s e l k)%Z) (u (t - lag_error L e l)%Z)
      (y (t - lag_target L e l)%Z) l i * F (pred l) (u (t - lag_input l)%Z) j.
Proof.
  intros R Hl Hi He Hs i j. unfold update. f_equal.
  - assert (B := backward_wave _ _ _ _ _ _ _ R (L - l) t ltac:(lia)).
    replace (L - (L - l))%nat with l in B by lia. apply B; auto.
    revert He. unfold lag_error. destruct e; simpl; lia.
  - unfold lag_input in *.
    rewrite (forward_wave _ _ _ R (pred l) t ltac:(lia) j).
    now replace (t - Z.of_nat (pred l))%Z with (t - (Z.of_nat l - 1))%Z by lia.
Qed.

(** Equation (5): the backward factor is L - l steps of the wave, the forward one l - 1. *)
Corollary factorization s t0 u y x d l t : run s Open t0 u y x d -> (1 <= l <= L)%nat ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s Open l k)%Z) ->
  (t0 <= t - Z.of_nat l + 1)%Z -> (t0 <= t - Z.of_nat L + Z.of_nat l)%Z ->
  forall i j, update x d t l i j =
    wave (fun k => drive k (u (t - lag_slope L s Open l k)%Z))
      (output_delta (u (t - Z.of_nat L + Z.of_nat l)%Z) (y (t - Z.of_nat L + Z.of_nat l)%Z)) (L - l) i
    * F (l - 1) (u (t - Z.of_nat l + 1)%Z) j.
Proof.
  intros R Hl Hs Hi He i j.
  rewrite (multi_frame _ _ _ _ _ _ _ l t R Hl) by (unfold lag_input, lag_error; simpl; auto; lia).
  unfold delta_of, lag_input, lag_error, lag_target, residual_age, target_age.
  replace (t - (Z.of_nat L - Z.of_nat l + 0))%Z with (t - Z.of_nat L + Z.of_nat l)%Z by lia.
  replace (t - (Z.of_nat l - 1))%Z with (t - Z.of_nat l + 1)%Z by lia.
  now replace (pred l) with (l - 1)%nat by lia.
Qed.
End Chain.
