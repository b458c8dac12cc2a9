import ArgumentParser
import Foundation
import WaveProof

/// Ends a command with one clear line on stderr and the status that the contract gives.
enum CommandFailure {
  /// 65: the input cannot be read or used.
  static let unreadable = ExitCode(65)
  /// 70: the two roads to a verdict disagree, which is a fault of this program.
  static let internalFault = ExitCode(70)

  /// Runs a command body; any error of the library becomes one line and status 65.
  static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw error
    } catch let fault as ReadingSurvey.Disagreement {
      FileHandle.standardError.write(Data("waveproof: internal fault, two roads disagree: \(fault)\n".utf8))
      throw internalFault
    } catch {
      FileHandle.standardError.write(Data("waveproof: \(error)\n".utf8))
      throw unreadable
    }
  }
}
