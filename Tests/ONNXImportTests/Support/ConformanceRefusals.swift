#if ONNX
  /// The conformance cases that have no reading here, by why.
  enum ConformanceRefusals {
    static let all = Set(reasons.values.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })

    private static let reasons: [String: String] = [
      "a comparison, or a step": """
      ceil ceil_example clip_default_max_expanded clip_default_min_expanded clip_example_expanded clip_expanded
      clip_inbounds_expanded clip_min_greater_than_max_expanded clip_outbounds_expanded clip_splitbounds_expanded
      floor floor_example round sign
      """,
      "several units in a way that is not affine": """
      max_example max_float16 max_float32 max_float64 max_two_inputs min_example min_float16 min_float32
      min_float64 min_two_inputs reduce_l1_empty_set_expanded reduce_max_default_axes_keepdim_example
      reduce_max_default_axes_keepdims_random reduce_max_do_not_keepdims_example reduce_max_do_not_keepdims_random
      reduce_max_empty_set reduce_max_keepdims_example reduce_max_keepdims_random
      reduce_max_negative_axes_keepdims_example reduce_max_negative_axes_keepdims_random
      reduce_min_default_axes_keepdims_example reduce_min_default_axes_keepdims_random
      reduce_min_do_not_keepdims_example reduce_min_do_not_keepdims_random reduce_min_empty_set
      reduce_min_keepdims_example reduce_min_keepdims_random reduce_min_negative_axes_keepdims_example
      reduce_min_negative_axes_keepdims_random reduce_prod_default_axes_keepdims_example
      reduce_prod_default_axes_keepdims_random reduce_prod_do_not_keepdims_example
      reduce_prod_do_not_keepdims_random reduce_prod_empty_set reduce_prod_keepdims_example
      reduce_prod_keepdims_random reduce_prod_negative_axes_keepdims_example
      reduce_prod_negative_axes_keepdims_random reduce_sum_empty_set reduce_sum_empty_set_non_reduced_axis_zero
      reduce_sum_square_empty_set_expanded
      """,
      "interpolation that is not known": """
      resize_downsample_scales_cubic resize_downsample_scales_cubic_A_n0p5_exclude_outside
      resize_downsample_scales_cubic_align_corners resize_downsample_scales_cubic_antialias
      resize_downsample_scales_linear_align_corners resize_downsample_scales_linear_antialias
      resize_downsample_sizes_cubic resize_downsample_sizes_cubic_antialias
      resize_downsample_sizes_linear_antialias resize_downsample_sizes_nearest_not_larger
      resize_downsample_sizes_nearest_not_smaller resize_tf_crop_and_resize resize_tf_crop_and_resize_axes_2_3
      resize_tf_crop_and_resize_axes_3_2 resize_tf_crop_and_resize_extrapolation_value
      resize_upsample_scales_cubic resize_upsample_scales_cubic_A_n0p5_exclude_outside
      resize_upsample_scales_cubic_align_corners resize_upsample_scales_cubic_asymmetric
      resize_upsample_sizes_cubic resize_upsample_sizes_nearest_not_larger
      resize_upsample_sizes_nearest_not_smaller
      """,
      "no proved enclosure, or not a function of one variable": """
      mvn_expanded mvn_expanded_ver18
      pow pow_bcast_array pow_example pow_types_float32_int32 pow_types_float32_int64 pow_types_float32_uint32
      pow_types_float32_uint64 range_bfloat16_type_positive_delta range_float16_type_positive_delta
      range_float_type_positive_delta reciprocal reciprocal_example sqrt sqrt_example
      """,
      "training": """
      batchnorm_epsilon_training_mode batchnorm_example_training_mode training_dropout training_dropout_default
      training_dropout_zero_ratio
      """,
      "tensors without elements": """
      reshape_allowzero_reordered slice_start_out_of_bounds split_zero_size_splits_opset13
      split_zero_size_splits_opset18
      """,
    ]
  }
#endif
