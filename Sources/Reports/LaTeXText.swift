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
      case "`": result += "\\textasciigrave{}"
      case _ where mathematics[character] != nil: result += "$\(mathematics[character] ?? "")$"
      case _ where character.unicodeScalars.allSatisfy(isPrintable): result.append(character)
      default:
        result += character.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
          .joined(separator: "\\,")
      }
    }
    return result
  }

  /// Of the Latin letters that LaTeX reads without a package; others are written as their code points.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    case 0xC0...0x17F: scalar.value != 0xD7 && scalar.value != 0xF7 && scalar.value != 0x149
    default: false
    }
  }

  /// What has no letter in a LaTeX text font.
  private static let mathematics: [Character: String] = [
    "→": "\\to", "←": "\\leftarrow", "∇": "\\nabla", "τ": "\\tau", "Δ": "\\Delta", "ε": "\\varepsilon", "·": "\\cdot",
    "≤": "\\le", "≥": "\\ge", "‖": "\\Vert", "ᵀ": "^\\top", "²": "^2", "³": "^3", "|": "|", "⊙": "\\odot",
    "≈": "\\approx",
    "×": "\\times", "÷": "\\div", "⁻": "^{-}", "₀": "_0", "₁": "_1", "₂": "_2", "∞": "\\infty", "α": "\\alpha",
    "β": "\\beta", "η": "\\eta", "λ": "\\lambda", "ρ": "\\rho", "φ": "\\varphi", "ω": "\\omega", "⌈": "\\lceil",
    "⌉": "\\rceil", "∂": "\\partial", "Σ": "\\Sigma", "±": "\\pm", "½": "{1 \\over 2}", "—": "\\mbox{---}",
    "–": "\\mbox{--}",
  ]
}
