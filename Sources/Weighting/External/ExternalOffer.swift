/// What a user's program is given at each step beside the losses.
enum ExternalOffer: String, CaseIterable, Sendable {
  case losses
  /// Inner products of the task gradients.
  case gramian
  /// The task gradients on the shared parameters.
  case jacobian
  /// The shared representation of the batch, and the task gradients at it.
  case representation

  var needs: StepNeeds {
    switch self {
    case .losses: []
    case .gramian: .gramian
    case .jacobian: .jacobian
    case .representation: .representation
    }
  }
}
