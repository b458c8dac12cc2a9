import ArgumentParser
import Foundation

/// Ends a command with one clear line on stderr and the status that the contract gives.
enum CommandFailure {
  /// 65: the input cannot be read or used.
  static let unreadable = ExitCode(65)

  /// Runs a command body; any error of the library becomes one line and status 65.
  static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw error
    } catch {
      FileHandle.standardError.write(Data("waveproof: \(error)\n".utf8))
      throw unreadable
    }
  }
}
