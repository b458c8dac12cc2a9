import ArgumentParser
import Foundation
import WaveProof

/// Ends a command with one clear line on stderr and the status that the contract gives.
enum CommandFailure {
  /// 65: the input cannot be read or used.
  static let unreadable = ExitCode(65)
  /// 70: two roads to a verdict disagree, or an upper bound is below an attained error, which is a fault of this program.
  static let internalFault = ExitCode(70)
  /// 74: a result could not be written whole.
  static let unwritten = ExitCode(74)

  /// One line on stderr; where that cannot be written, either, the status alone says it.
  static func say(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("waveproof: \(VisibleText.line(line))\n".utf8))
  }

  /// Runs a command body; any error of the library becomes one line and status 65.
  static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      // Names in it are any Unicode.
      throw ValidationError(VisibleText.line(error.message))
    } catch let fault as ReadingSurvey.Disagreement {
      say("internal fault, two roads disagree: \(fault)")
      throw internalFault
    } catch let error as Unwritten {
      say(error.description)
      throw unwritten
    } catch let fault as BoundContradiction {
      throw self.fault(fault)
    } catch BoundError.contradiction(let fault) {
      throw self.fault(fault)
    } catch {
      say("\(error)")
      throw unreadable
    }
  }

  private static func fault(_ contradiction: BoundContradiction) -> ExitCode {
    say("internal fault: \(contradiction)")
    return internalFault
  }
}
