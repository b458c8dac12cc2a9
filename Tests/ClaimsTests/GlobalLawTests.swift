import Networks
import Testing
import Waves

@testable import Claims

@Suite("The error law of theorem 8")
struct GlobalLawTests {
  @Test("It compares layers that err and layers that do not, at every depth")
  func comparesWhatErrs() throws {
    let law = try #require(try GlobalLaw(ClaimSetting(depths: 1...5)))
    #expect(law.constants.map(\.depth) == [1, 2, 3, 4, 5])
    #expect(law.constants.allSatisfy { $0.value.sign > 0 })
    #expect(law.compared > 100 && law.nonzero > 50 && law.nonzero < law.compared, "\(law.nonzero) of \(law.compared)")
  }

  @Test("Runs of a schedule that is not the one of the formula err beyond it")
  func runsAreCompared() throws {
    var setting = ClaimSetting(depths: 1...5)
    setting.machine = PlantedFaultTests.slowWave
    #expect(throws: ReadingSurvey.Disagreement.self) { try GlobalLaw(setting) }
  }
}
