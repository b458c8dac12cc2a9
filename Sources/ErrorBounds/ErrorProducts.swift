import ExactArithmetic
import Networks

/// The error g − ∇ of one edge, or summed over edges that share a parameter, held by its factors:
/// ```
/// Σ over edges  δ xᵀ − δ_r x_rᵀ        n_to × n_from, of rank 2 for each edge
/// ```
/// Its entries are as many as those of the weight were it dense, which for a convolution is far more than its factors or
/// its map hold: whoever needs them takes some rows at a time.
package struct ErrorProducts<S: Scalar> {
  package struct Term {
    /// Of the update.
    package let delta: Vector<S>
    package let activity: Vector<S>
    /// Of the gradient at the reference frame.
    package let ownDelta: Vector<S>
    package let ownActivity: Vector<S>

    package init(delta: Vector<S>, activity: Vector<S>, ownDelta: Vector<S>, ownActivity: Vector<S>) {
      (self.delta, self.activity) = (delta, activity)
      (self.ownDelta, self.ownActivity) = (ownDelta, ownActivity)
    }
  }

  /// At least one, all of one shape.
  let terms: [Term]

  package init(terms: [Term]) {
    self.terms = terms
  }

  package var rows: Int { terms[0].delta.count }
  package var columns: Int { terms[0].activity.count }

  /// All entries.
  var matrix: Matrix<S> { block(0..<rows) }

  /// Some of the rows.
  package func block(_ range: Range<Int>) -> Matrix<S> {
    let errors = terms.map { term in
      term.delta.outer(term.activity, rows: range) - term.ownDelta.outer(term.ownActivity, rows: range)
    }
    return errors.dropFirst().reduce(errors[0], +)
  }

  subscript(row: Int, column: Int) -> S {
    let errors = terms.map { term in
      term.delta[row] * term.activity[column] - term.ownDelta[row] * term.ownActivity[column]
    }
    return errors.dropFirst().reduce(errors[0], +)
  }

  /// Visits all rows, so many at a time: `body` gets the index of a block's first entry, and its entries.
  ///
  /// - Parameter most: how many entries a block may have, if one row has no more.
  package func forEachBlock(most: Int, _ body: (_ first: Int, _ block: Matrix<S>) -> Void) {
    let height = max(1, most / max(1, columns))
    for start in stride(from: 0, to: rows, by: height) {
      body(start * columns, block(start..<min(start + height, rows)))
    }
  }
}
