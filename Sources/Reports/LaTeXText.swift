/// Text in a LaTeX document.
enum LaTeXText {
  static func escaped(_ cell: String) -> String {
    var result = ""
    for character in cell {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case ">": result += "$>$"
      case "<": result += "$<$"
      case "σ": result += "$\\sigma$"
      case "′": result += "$'$"
      case "−": result += "$-$"
      case "δ": result += "$\\delta$"
      case "…": result += "\\dots{}"
      case _ where mathematics[character] != nil: result += "$\(mathematics[character] ?? "")$"
      default: result.append(character)
      }
    }
    return result
  }

  /// What has no letter in a LaTeX text font.
  private static let mathematics: [Character: String] = [
    "→": "\\to", "←": "\\leftarrow", "∇": "\\nabla", "τ": "\\tau", "Δ": "\\Delta", "ε": "\\varepsilon", "·": "\\cdot",
    "≤": "\\le", "≥": "\\ge", "‖": "\\Vert", "ᵀ": "^\\top", "²": "^2", "³": "^3", "|": "|", "⊙": "\\odot",
  ]
}
