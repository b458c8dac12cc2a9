import Claims
import Networks

/// A figure of the paper as data: a table of cells, or for people a grid of ticks and layers.
public struct FigureReport: Sendable {
  public let figure: WaveFigure

  public init(_ figure: WaveFigure) {
    self.figure = figure
  }

  public func rendered(_ format: OutputFormat) -> String {
    switch format {
    case .json: json.text + "\n"
    case .csv: cells.rendered(.csv)
    case .latex: grid.rendered(.latex)
    case .text, .markdown: title + "\n\n" + grid.rendered(format) + "\n" + legend + "\n\n" + layers.rendered(format)
    }
  }

  private var title: String {
    let input =
      switch figure.input {
      case .constant: "input and supervision constant from tick 0 on"
      case .held(let ticks): "a slow input: each one is held \(ticks) ticks"
      case .abrupt: "an abrupt input: another one at every tick"
      }
    return "Figure \(figure.number): forward and backward waves, L = \(figure.depth), \(input)"
  }

  private var legend: String {
    "An entry is forward|backward: the ticks at which what x_{t,l} and δ_{t,l} carry entered the network; - is what stood "
      + "before. * marks an update of W_{l−1} that is exactly the gradient of an input shown."
  }

  private var grid: Table {
    let layers = 0...figure.depth
    return Table(
      header: ["t"] + layers.map { "l=\($0)" },
      rows: (0..<figure.ticks).map { tick in
        [String(tick)]
          + layers.map { layer in
            let cell = figure.cells[tick * (figure.depth + 1) + layer]
            let backward = layer == 0 ? "" : "|" + Self.written(cell.backward)
            return Self.written(cell.forward) + backward + (cell.isExact ? "*" : "")
          }
      }, rightAligned: [0])
  }

  /// One row per layer: mismatch, and when it is exact.
  private var layers: Table {
    Table(
      header: ["layer", "mismatch", "first exact tick", "exact ticks of \(figure.ticks)"],
      rows: (1...figure.depth).map { layer in
        let exact = figure.exactTicks(of: layer)
        return [
          String(layer), String(figure.mismatches[layer - 1]), exact.first.map(String.init) ?? "-", String(exact.count),
        ]
      }, rightAligned: [0, 1, 2, 3])
  }

  private var cells: Table {
    Table(
      header: ["tick", "layer", "forward", "backward", "input", "mismatch", "meets", "exact"],
      rows: figure.cells.map { cell in
        let mismatch = cell.layer == 0 ? "" : String(figure.mismatches[cell.layer - 1])
        return [
          String(cell.tick), String(cell.layer), Self.cell(cell.forward), Self.cell(cell.backward),
          Self.cell(cell.input), mismatch, cell.layer == 0 ? "" : String(cell.meets),
          cell.layer == 0 ? "" : String(cell.isExact),
        ]
      })
  }

  private var json: JSONValue {
    .object([
      "schema": .string("waveproof/1"), "command": .string("figure"), "figure": .integer(figure.number),
      "depth": .integer(figure.depth), "ticks": .integer(figure.ticks), "fill": .integer(figure.fill),
      "mismatches": .array(figure.mismatches.map(JSONValue.integer)),
      "cells": .array(
        figure.cells.map { cell in
          .object([
            "tick": .integer(cell.tick), "layer": .integer(cell.layer), "forward": .optional(cell.forward),
            "backward": .optional(cell.backward), "input": .optional(cell.input), "meets": .bool(cell.meets),
            "exact": .bool(cell.isExact),
          ])
        }),
    ])
  }

  private static func written(_ frame: Int?) -> String { frame.map(String.init) ?? "-" }
  private static func cell(_ frame: Int?) -> String { frame.map(String.init) ?? "" }
}
