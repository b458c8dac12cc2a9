(** * The main statements, once more, each proved by [exact]

    A theorem that is weakened where it is proved no longer proves its line here, and the build breaks.
    Read this file to know what is claimed; README.md says which claim of the paper each line settles. *)
From Coq Require Import ZArith Reals.
From WaveProof Require Import Algebra Waves Timing Exactness Adjoint Derivative Refutation ErrorLaws
  Bound GlobalConstant Dag DagTiming DagNecessity Buffers Cyclic Certificates Examples.
Local Open Scope K_scope.

(** ** The lags themselves, restated: an off-by-one in Waves.v breaks these lines *)
Definition the_lags : forall (L l k : nat),
  lag_input l = (Z.of_nat l - 1)%Z /\
  lag_error L Open l = (Z.of_nat L - Z.of_nat l)%Z /\
  lag_error L Closed l = (2 * Z.of_nat L - Z.of_nat l)%Z /\
  lag_error L ClosedCurrent l = (2 * Z.of_nat L - Z.of_nat l)%Z /\
  lag_error L ClosedDrive l = (2 * Z.of_nat L - Z.of_nat l - 1)%Z /\
  lag_target L Open l = (Z.of_nat L - Z.of_nat l)%Z /\
  lag_target L Closed l = (2 * Z.of_nat L - Z.of_nat l)%Z /\
  lag_target L ClosedCurrent l = (Z.of_nat L - Z.of_nat l)%Z /\
  lag_target L ClosedDrive l = (2 * Z.of_nat L - Z.of_nat l - 1)%Z /\
  (forall e, lag_slope L FrameConsistent e l k = lag_error L e l) /\
  (forall e, lag_slope L Drive e l k = (2 * Z.of_nat k - Z.of_nat l - 1)%Z) /\
  (forall e, lag_slope L Emitted e l k = (2 * Z.of_nat k - Z.of_nat l)%Z) /\
  (forall e, lag_slope L Previous e l k = (2 * Z.of_nat k - Z.of_nat l + 1)%Z)
  := the_lags_hold.

(** ** Chains *)
Definition st_multi_frame : forall (K : cring) L n W b sg dsg dl s e t0 u y x d l t,
  run K L n W b sg dsg dl s e t0 u y x d -> (1 <= l <= L)%nat ->
  (t0 <= t - lag_input l)%Z -> (t0 <= t - lag_error L e l)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update K x d t l i j =
    delta_of K L n W b sg dsg dl (fun k => u (t - lag_slope L s e l k)%Z)
      (u (t - lag_error L e l)%Z) (y (t - lag_target L e l)%Z) l i
    * F K n W b sg (pred l) (u (t - lag_input l)%Z) j
  := multi_frame.

Definition st_run_exists : forall (K : cring) L n W b sg dsg dl s e u y t0, (1 <= L)%nat ->
  run K L n W b sg dsg dl s e t0 u y (steady_x K n W b sg u) (steady_d K L n W b sg dsg dl s e u y)
  := run_exists.

Definition st_synchronous_open : forall L l d, (1 <= l <= L)%nat ->
  synchronous L FrameConsistent Open l d <-> (2 * l = L + 1)%nat /\ d = (Z.of_nat l - 1)%Z
  := synchronous_open_iff.

Definition st_synchronous_layer : forall L, (1 <= L)%nat ->
  (exists l d, (1 <= l <= L)%nat /\ synchronous L FrameConsistent Open l d) <-> Nat.Odd L
  := synchronous_layer.

Definition st_max_mismatch : forall L l, (1 <= l <= L)%nat ->
  (Z.abs (mismatch L Open l) <= Z.of_nat L - 1)%Z
  := max_mismatch.

Definition st_mismatch_closed : forall L e l, e = Closed \/ e = ClosedCurrent -> (1 <= l <= L)%nat ->
  mismatch L e l = (2 * (Z.of_nat L - Z.of_nat l) + 1)%Z /\ Z.odd (mismatch L e l) = true
  /\ (1 <= mismatch L e l <= 2 * Z.of_nat L - 1)%Z
  := mismatch_closed.

Definition st_exact_at_l_s : forall (K : cring) p n W b sg dsg dl t0 u y x d,
  run K (2 * p + 1) n W b sg dsg dl FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z ->
  update K x d t (p + 1) i j =
    grad K (2 * p + 1) n W b sg dsg dl (u (t - Z.of_nat p)%Z) (y (t - Z.of_nat p)%Z) (p + 1) i j
  := exact_at_l_s.

Definition st_affine : forall (K : cring) L n W b sg dsg dl s e t0 u y x d l t δ,
  run K L n W b sg dsg dl s e t0 u y x d -> (1 <= l <= L)%nat ->
  (forall k a a', dsg k a = dsg k a') -> synchronous_affine L e l δ -> (t0 <= t - δ)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update K x d t l i j = grad K L n W b sg dsg dl (u (t - δ)%Z) (y (t - δ)%Z) l i j
  := affine_exact.

Definition st_stationary : forall (K : cring) L n W b sg dsg dl s e t0 u y x d l t v z,
  run K L n W b sg dsg dl s e t0 u y x d -> (1 <= l <= L)%nat ->
  (forall t, (t0 <= t)%Z -> same K (u t) v /\ same K (y t) z) ->
  (t0 <= t - lag_input l)%Z -> (t0 <= t - lag_error L e l)%Z -> (t0 <= t - lag_target L e l)%Z ->
  (forall k, (l <= k < L)%nat -> (t0 <= t - lag_slope L s e l k)%Z) ->
  forall i j, update K x d t l i j = grad K L n W b sg dsg dl v z l i j
  := stationary_exact.

Definition st_exact_iff_synchronous : forall L s e l δ, (1 <= l <= L)%nat ->
  (forall n W b sg dsg dl t0 u y x d t, run Zring L n W b sg dsg dl s e t0 u y x d ->
     seen L s e l t0 t -> forall i j, update Zring x d t l i j =
       grad Zring L n W b sg dsg dl (u (t - δ)%Z) (y (t - δ)%Z) l i j)
  <-> synchronous L s e l δ
  := exact_iff_synchronous.

Definition st_closed_never : forall L s e l δ, e = Closed \/ e = ClosedCurrent -> (1 <= l <= L)%nat ->
  ~ exact_always L s e l δ
  := closed_loop_never.

Definition st_local_three : forall L s l δ, s <> FrameConsistent -> (1 <= l <= L)%nat ->
  exact_always L s Open l δ -> (L <= 3)%nat
  := local_slope_at_most_three.

Definition st_linear : forall (K : cring), (1 : K) <> 0 -> forall L l s e t, (1 <= l <= L)%nat ->
  lag_error L e l <> lag_input l ->
  exists u y : Z -> vec K, forall t0 x d, linear_run K L s e t0 u y x d -> seen L s e l t0 t ->
    update K x d t l 0 0 = opp K 1 /\
    forall f f', linear_grad K L (u f) (y f') l 0%nat 0%nat = 0 /\ opp K 1 <> 0
  := linear_refutation.

Definition st_square : forall L l s e t o o', (1 <= l <= L)%nat ->
  reads L s e l o -> reads L s e l o' -> o <> o' ->
  forall t0 x d, square_run L s e t0 (spike (t - o)%Z) (fun _ => zero_target) x d ->
  seen L s e l t0 t -> forall f,
  update Zring x d t l 0 0 <> square_grad L (spike (t - o)%Z f) zero_target l 0%nat 0%nat
  := square_refutation.

Definition st_reverse_is_forward : forall (K : cring) L n W b sg dsg dl v z q E, (S q <= L)%nat ->
  sum (n (S q)) (fun i => sum (n q) (fun j => grad K L n W b sg dsg dl v z (S q) i j * E i j))
    = loss_tangent K L n W b sg dsg dl v z q E
  := reverse_is_forward.

Definition st_derivative_at_l_s : forall p n W b sg dsg t0 u y x d,
  run Rring (2 * p + 1) n W b sg dsg Rminus FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z -> (i < n (p + 1))%nat -> (j < n p)%nat ->
  let v := u (t - Z.of_nat p)%Z in let z := y (t - Z.of_nat p)%Z in
  (forall k i, (p < k <= 2 * p + 1)%nat ->
     derivable_pt_lim (sg k) (drive Rring n W b sg k v i) (dsg k (drive Rring n W b sg k v i))) ->
  derivable_pt_lim
    (fun h => loss (2 * p + 1) n b sg quadratic v z (moved W p (unit_direction i j) h)) 0%R
    (update Rring x d t (p + 1) i j)
  := update_at_l_s_is_derivative.

Definition st_relu_at_l_s : forall p n W b t0 u y x d,
  run Rring (2 * p + 1) n W b (fun _ => relu) (fun _ => drelu) Rminus FrameConsistent Open t0 u y x d ->
  forall t i j, (t0 + Z.of_nat p <= t)%Z -> (i < n (p + 1))%nat -> (j < n p)%nat ->
  let v := u (t - Z.of_nat p)%Z in let z := y (t - Z.of_nat p)%Z in
  (forall k i, (p < k <= 2 * p + 1)%nat -> drive Rring n W b (fun _ => relu) k v i <> 0%R) ->
  derivable_pt_lim (fun h => loss (2 * p + 1) n b (fun _ => relu) quadratic v z
                               (moved W p (unit_direction i j) h)) 0%R
    (update Rring x d t (p + 1) i j)
  := relu_at_l_s.

Definition st_error_law : forall (K : cring) L n W b sg dsg dl e t0 u y x d,
  run K L n W b sg dsg dl FrameConsistent e t0 u y x d ->
  forall l t, (1 <= l <= L)%nat -> seen L FrameConsistent e l t0 t ->
  forall i j, update K x d t l i j - grad_b K L n W b sg dsg dl e u y l t i j =
    δ_b K L n W b sg dsg dl e u y l t i * (x_a K n W b sg u l t j - x_b K L n W b sg e u l t j)
  := error_law.

Definition st_never_ascends : forall (K : oring) L n W b sg dsg dl e t0 u y x d l t,
  run K L n W b sg dsg dl FrameConsistent e t0 u y x d -> (2 <= l <= L)%nat ->
  seen L FrameConsistent e l t0 t -> (forall a : K, 0 <= a * a) -> (forall k a, 0 <= sg k a) ->
  0 <= frobenius K n l (update K x d t l) (grad_b K L n W b sg dsg dl e u y l t)
  := never_ascends.

Definition st_angle : forall L n W b sg dsg dl e t0 u y x d,
  run Rring L n W b sg dsg dl FrameConsistent e t0 u y x d ->
  forall l t, (1 <= l <= L)%nat -> seen L FrameConsistent e l t0 t ->
  let g := update Rring x d t l in let G := grad_b Rring L n W b sg dsg dl e u y l t in
  let D := δ_b Rring L n W b sg dsg dl e u y l t in
  let a := x_a Rring n W b sg u l t in let c := x_b Rring L n W b sg e u l t in
  (dot Rring (n l) D D <> 0 ->
   frobenius Rring n l g G / (sqrt (frobenius Rring n l g g) * sqrt (frobenius Rring n l G G)) =
   dot Rring (n (pred l)) a c /
     (sqrt (dot Rring (n (pred l)) a a) * sqrt (dot Rring (n (pred l)) c c)))%R
  := angle_law.

Definition st_error_bound : forall (K : oring) L n W b sg dsg (s1 s2 : K) (row col : nat -> K),
  0 <= s1 -> 0 <= s2 -> (forall l, 0 <= row l) -> (forall l, 0 <= col l) ->
  (forall k a, |dsg k a| <= s1) -> (forall k a a', |sg k a - sg k a'| <= s1 * |a - a'|) ->
  (forall k a a', |dsg k a - dsg k a'| <= s2 * |a - a'|) ->
  (forall l i, (i < n (S l))%nat -> sum (n l) (fun j => |W l i j|) <= row l) ->
  (forall l j, (j < n l)%nat -> sum (n (S l)) (fun i => |W l i j|) <= col l) ->
  forall s e t0 u y x d l t r (V : Z -> K) Vy X R,
  run K L n W b sg dsg (sub K) s e t0 u y x d -> (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall o, 0 <= V o) -> 0 <= Vy -> 0 <= X -> 0 <= R ->
  (forall o j, (j < n 0)%nat -> |u (t - o)%Z j - u (t - r)%Z j| <= V o) ->
  (forall i, (i < n L)%nat -> |y (t - lag_target L e l)%Z i - y (t - r)%Z i| <= Vy) ->
  (forall j, (j < n (pred l))%nat -> |F K n W b sg (pred l) (u (t - r)%Z) j| <= X) ->
  (forall i, (i < n L)%nat -> |F K n W b sg L (u (t - r)%Z) i - y (t - r)%Z i|
     + (gain K (fun _ => s1) row L * V (lag_error L e l) + Vy) <= R) ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  |update K x d t l i j - grad K L n W b sg dsg (sub K) (u (t - r)%Z) (y (t - r)%Z) l i j| <=
    pull K L col (L - l) *
      (power s1 (S (L - l)) * R * (gain K (fun _ => s1) row (pred l) * V (lag_input l)) +
       X * (power s1 (L - l) * (s2 * (R *
              (sum (L - l) (fun q => drive_gain K (fun _ => s1) row (L - S q) * V (lag_slope L s e l (L - S q)))
               + drive_gain K (fun _ => s1) row L * V (lag_error L e l))))
            + power s1 (S (L - l)) * (gain K (fun _ => s1) row L * V (lag_error L e l) + Vy)))
  := error_bound.

(** In the numbers that the tool prints: each factor spelt out, then the two families of frames. *)
Definition st_global_constant : forall L n W b sg dsg (s1 s2 : nat -> R) (dom : nat -> R -> Prop),
  ((forall k, 0 <= s1 k) -> (forall k, 0 <= s2 k) ->
  (forall k a, dom k a -> Rabs (dsg k a) <= s1 k) ->
  (forall k a a', dom k a -> dom k a' -> Rabs (sg k a - sg k a') <= s1 k * Rabs (a - a')) ->
  (forall k a a', dom k a -> dom k a' -> Rabs (dsg k a - dsg k a') <= s2 k * Rabs (a - a')) ->
  forall s e t0 u y x d, run Rring L n W b sg dsg Rminus s e t0 u y x d ->
  forall l t r, (1 <= l <= L)%nat -> seen L s e l t0 t ->
  (forall f k i, (1 <= k <= L)%nat -> (i < n k)%nat -> dom k (drive Rring n W b sg k (u f) i)) ->
  forall X R_, sup (n (pred l)) (F Rring n W b sg (pred l) (u (t - r)%Z)) <= X ->
  forall (V : Z -> R) V_y, (forall o, 0 <= V o) -> 0 <= V_y ->
  (forall o, sup (n 0%nat) (fun j => u (t - o)%Z j - u (t - r)%Z j) <= V o) ->
  sup (n L) (fun i => y (t - lag_target L e l)%Z i - y (t - r)%Z i) <= V_y ->
  let row k := sup (n (S k)) (fun i => @sum Rring (n k) (fun j => Rabs (W k i j))) in
  let col k := sup (n k) (fun j => @sum Rring (n (S k)) (fun i => Rabs (W k i j))) in
  let N k := product 1 k (fun j => s1 j * row (pred j)) in
  let K k := row (pred k) * N (pred k) in
  let Pi := product l (L - l) col in
  let S := product l (S (L - l)) s1 in
  let S_ k := product l (Datatypes.S (L - l)) (fun j => if Nat.eqb j k then s2 j else s1 j) in
  let V_r := V (lag_error L e l) in let V_s := V (lag_error L e l) in
  sup (n L) (fun i => F Rring n W b sg L (u (t - r)%Z) i - y (t - r)%Z i) + (N L * V_r + V_y) <= R_ ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  Rabs (update Rring x d t l i j - grad Rring L n W b sg dsg Rminus (u (t - r)%Z) (y (t - r)%Z) l i j) <=
    Pi * (S * R_ * N (pred l) * V (lag_input l) +
      X * (R_ * (total l (L - l) (fun k => S_ k * K k * V (lag_slope L s e l k)) + S_ L * K L * V_s)
           + S * (N L * V_r + V_y))))%R
  := global_constant.

Definition st_distances : forall (V v : R) (r o : Z),
  (window V r o = if Z.eqb o r then 0 else 2 * V)%R /\ (rate v r o = IZR (Z.abs (o - r)) * v)%R
  := distances_hold.

Definition st_global_constant_window : forall L n W b sg dsg (s1 s2 : nat -> R) (dom : nat -> R -> Prop),
  ((forall k, 0 <= s1 k) -> (forall k, 0 <= s2 k) ->
  (forall k a, dom k a -> Rabs (dsg k a) <= s1 k) ->
  (forall k a a', dom k a -> dom k a' -> Rabs (sg k a - sg k a') <= s1 k * Rabs (a - a')) ->
  (forall k a a', dom k a -> dom k a' -> Rabs (dsg k a - dsg k a') <= s2 k * Rabs (a - a')) ->
  forall s e t0 u y x d, run Rring L n W b sg dsg Rminus s e t0 u y x d ->
  forall l t r, (1 <= l <= L)%nat -> seen L s e l t0 t -> (forall f, ranged Roring L n W b sg dom (u f)) ->
  forall X R_, sup (n (pred l)) (F Rring n W b sg (pred l) (u (t - r)%Z)) <= X ->
  forall c cy V V_t, (forall f, sup (n 0%nat) (fun j => u f j - c j) <= V) ->
  (forall f, sup (n L) (fun i => y f i - cy i) <= V_t) ->
  let V_ := window V r in let V_y := window V_t r (lag_target L e l) in
  sup (n L) (fun i => F Rring n W b sg L (u (t - r)%Z) i - y (t - r)%Z i)
    + (N n W s1 L * V_ (lag_error L e l) + V_y) <= R_ ->
  forall i j, (i < n l)%nat -> (j < n (pred l))%nat ->
  Rabs (update Rring x d t l i j - grad Rring L n W b sg dsg Rminus (u (t - r)%Z) (y (t - r)%Z) l i j) <=
    constant L n W s1 s2 l (V_ (lag_input l)) (fun k => V_ (lag_slope L s e l k))
      (V_ (lag_error L e l)) (V_ (lag_error L e l)) V_y X R_)%R
  := global_constant_window.

(** ** Graphs *)
Definition st_dag_own : forall (K : cring) m N src dst fd bd input output w b sg dsg,
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  forall u x X ε dw e0 D e t M δ,
  forward_run K m src dst fd input w b sg u x -> (forall f, static K m src dst input w b sg (u f) (X f)) ->
  wave_run K m src dst bd output w b dsg X ε dw -> (e < m)%nat ->
  adjoint K m src dst output w b dsg e0 (X (t - Z.of_nat δ)%Z) D ->
  (forall o, ε (t - Z.of_nat δ)%Z o = e0 o) -> (δ <= M)%nat ->
  (forall a, path_in m src dst fd input (src e) a -> a = Z.of_nat δ) ->
  (forall r, path_out m src dst bd output (dst e) r -> r = Z.of_nat δ) ->
  sum (S M) (fun k => dw (Z.of_nat k) t (dst e)) * x t (src e)
    = D (dst e) * X (t - Z.of_nat δ)%Z (src e)
  := synchronous_edge_exact_own.

Definition st_dag_local : forall (K : cring) m N src dst fd bd input output w b sg dsg,
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  forall c u x ε d e0 X D e t δ,
  forward_run K m src dst fd input w b sg u x ->
  backward_run K m src dst bd output w dsg
    (fun t v => present K m src dst fd w b x (t - c) v) ε d -> (e < m)%nat ->
  static K m src dst input w b sg (u (t - δ)%Z) X -> adjoint K m src dst output w b dsg e0 X D ->
  (forall o, ε (t - δ)%Z o = e0 o) ->
  (forall a, path_in m src dst fd input (src e) a -> a = δ) ->
  (forall r, path_out m src dst bd output (dst e) r -> r = δ) ->
  (forall p r a, passes_on m src p -> conn m src dst bd (dst e) p r ->
     path_in m src dst fd input p a -> (r + a + c - 1 = δ)%Z) ->
  d t (dst e) * x t (src e) = D (dst e) * X (src e)
  := synchronous_edge_exact.

Definition st_one_per_path : forall m src dst fd bd input output,
  (forall e, (e < m)%nat -> (1 <= fd e /\ 1 <= bd e)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  forall e f a r δ δ', (e < m)%nat -> (f < m)%nat -> route m src dst fd bd (dst e) (src f) a r ->
  balanced m src dst fd bd input output e δ -> balanced m src dst fd bd input output f δ' -> False
  := at_most_one_synchronous.

Definition st_window_open : forall m src dst fd bd input output,
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  (forall e, (e < m)%nat -> fd e = 1%nat /\ bd e = 1%nat) -> forall L,
  (forall v o a r, output o = true -> path_in m src dst fd input v a -> conn m src dst bd v o r ->
     (a + r <= L)%Z) ->
  forall e o, useful m src dst fd bd input output e -> lag_of_edge m src dst fd bd input output e o ->
  (0 <= o <= L - 1)%Z
  := window_open.

Definition st_window_closed : forall m src dst fd bd input output,
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  (forall e, (e < m)%nat -> fd e = 1%nat /\ bd e = 1%nat) -> forall L,
  (forall v o a r, output o = true -> path_in m src dst fd input v a -> conn m src dst bd v o r ->
     (a + r <= L)%Z) ->
  forall e o, useful m src dst fd bd input output e ->
  closed_lag_of_edge m src dst fd bd input output e o -> (0 <= o <= 2 * L - 1)%Z
  := window_closed.

Definition st_closed_never_on_graphs : forall m src dst fd bd input output,
  (forall e, (e < m)%nat -> (1 <= fd e /\ 1 <= bd e)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  forall e, useful m src dst fd bd input output e ->
  ~ exists δ, forall o, closed_lag_of_edge m src dst fd bd input output e o -> o = δ
  := closed_loop_never_on_graphs.

Definition st_dag_necessity : forall m N src dst fd bd input output (w b : nat -> Z) sg dsg,
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  (forall e, (e < m)%nat -> (0 < w e)%Z) -> (forall v, (0 <= b v)%Z) ->
  (forall v a a', (0 <= a)%Z -> (0 <= sg v a)%Z /\ ((a < a')%Z -> (sg v a < sg v a')%Z)) ->
  (forall v a a', (0 <= a)%Z -> (0 <= dsg v a)%Z /\ ((a < a')%Z -> (dsg v a < dsg v a')%Z)) ->
  forall c, (forall v, (v < N)%nat -> input v = false -> exists e, (e < m)%nat /\ dst e = v) ->
  (forall v, output v = true -> (v < N)%nat) -> (forall v, output v = true -> input v = false) ->
  forall x X ε d e o o' t,
  machine m src dst fd bd input output w b sg dsg c (spike (t - o)) x X ε d -> (e < m)%nat ->
  (exists r, path_out m src dst bd output (dst e) r) ->
  edge_lag m src dst fd bd input output c e o -> edge_lag m src dst fd bd input output c e o' ->
  o <> o' ->
  forall f D, adjoint Zring m src dst output w b dsg (ε f) (X f) D ->
  (d t (dst e) * x t (src e) <> D (dst e) * X f (src e))%Z
  := unbalanced_edge_refuted.

Definition st_window_exact : forall m src dst fd bd input output,
  (forall e, (e < m)%nat -> (fd e = 1 /\ bd e = 1)%nat) -> forall L u o r, (1 <= L)%Z ->
  input u = true -> output o = true -> route m src dst fd bd u o L r ->
  exists e, useful m src dst fd bd input output e /\
    lag_of_edge m src dst fd bd input output e 0 /\ lag_of_edge m src dst fd bd input output e (L - 1)
  := window_open_exact.

Definition st_potentials : forall m N src dst fd bd input output C,
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  (forall e, (e < m)%nat -> (fd e <= C /\ bd e <= C)%nat) ->
  (forall e, (e < m)%nat -> input (dst e) = false) ->
  (forall v, output v = true -> (v < N)%nat) ->
  exists p q r, causal m N src dst fd bd input output p q r
  := potentials_exist.

Definition st_buffered : forall (K : cring) m N src dst input output w b sg dsg dl,
  (forall e, (e < m)%nat -> (src e < dst e < N)%nat) ->
  forall (p q r : nat -> Z), (forall v, input v = true -> p v = 0%Z) ->
  forall u y x d, buffered_forward K m src dst input w b sg p u x ->
  buffered_backward K m src dst output w b dsg dl p q x y d ->
  forall e t X D, static K m src dst input w b sg (u (t - r e)%Z) X ->
  adjoint K m src dst output w b dsg (output_error K m src dst w b dsg dl X (y (t - r e)%Z)) X D ->
  buffered_update K src dst p q r x d t e = D (dst e) * X (src e)
  := buffered_exact.

(** ** Cycles and certificates *)
Definition st_cyclic : forall (K : oring) (ρ : K), 0 <= ρ -> forall (e η : nat -> K) C, 0 <= C ->
  (forall t, e (S t) <= ρ * e t) -> (forall t, η (S t) <= ρ * η t + C * e t) ->
  forall t, η t <= power ρ t * η 0%nat + powers K ρ t * (C * e 0%nat)
  := backward_contracts.

Definition st_waves_contract : forall (K : oring) (ρ : K), 0 <= ρ ->
  forall n W c sg dsg q target (s κ z y : nat -> K) x δ x_ δ_,
  let a v i := sum n (fun j => W i j * v j) + c i in
  let p d v i := sum n (fun j => W j i * d j) + q i * (v i - target i) in
  (forall i, 0 <= s i) -> (forall i, 0 <= κ i) ->
  (forall i b, |sg i b - sg i (a x_ i)| <= s i * |b - a x_ i|) -> (forall i b, |dsg i b| <= s i) ->
  (forall i b, |dsg i b - dsg i (a x_ i)| <= κ i * |b - a x_ i|) ->
  (forall i, (i < n)%nat -> s i * sum n (fun j => |W i j| * z j) <= ρ * z i) ->
  (forall i, (i < n)%nat -> s i * sum n (fun j => |W j i| * y j) <= ρ * y i) ->
  (forall t i, x (S t) i = sg i (a (x t) i)) -> (forall i, x_ i = sg i (a x_ i)) ->
  (forall t i, δ (S t) i = dsg i (a (x t) i) * p (δ t) (x (S t)) i) ->
  (forall i, δ_ i = dsg i (a x_ i) * p δ_ x_ i) ->
  forall e P C, 0 <= e -> 0 <= P -> 0 <= C ->
  (forall i, (i < n)%nat ->
     s i * (|q i| * (z i * ρ)) + κ i * sum n (fun j => |W i j| * z j) * |p δ_ x_ i| <= C * y i) ->
  (forall i, (i < n)%nat -> |x 0%nat i - x_ i| <= z i * e) ->
  (forall i, (i < n)%nat -> |δ 0%nat i - δ_ i| <= y i * P) ->
  forall t i, (i < n)%nat -> |δ t i - δ_ i| <= y i * (power ρ t * P + powers K ρ t * (C * e))
  := waves_contract.

Definition st_monotone_vertex : forall k E lo hi up,
  (forall z z', (forall i, (i < k)%nat -> z i = z' i) -> E z = E z') ->
  (forall i, (i < k)%nat -> (lo i <= hi i)%R) -> monotone k E lo hi up ->
  (forall z, in_box k lo hi z -> (E (vertex lo hi up false) <= E z <= E (vertex lo hi up true))%R) /\
  in_box k lo hi (vertex lo hi up false) /\ in_box k lo hi (vertex lo hi up true)
  := monotone_vertex.

Definition st_mean_value : forall k (E : (nat -> R) -> R) (J : (nat -> R) -> nat -> R) (B z : nat -> R),
  (forall h, (0 <= h <= 1)%R -> derivable_pt_lim (fun h => E (fun i => (h * z i)%R)) h
     (rsum k (fun i => (J (fun i => h * z i) i * z i)%R))) ->
  (forall h i, (0 <= h <= 1)%R -> (i < k)%nat -> (Rabs (J (fun i => h * z i)%R i) <= B i)%R) ->
  (Rabs (E (fun i => 1 * z i) - E (fun i => 0 * z i)) <= rsum k (fun i => B i * Rabs (z i)))%R
  := mean_value.
