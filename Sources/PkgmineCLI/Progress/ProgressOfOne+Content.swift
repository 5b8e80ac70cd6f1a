import Pkgmine

extension ProgressOfOne: ProgressContent {
    func live(rows: Int) -> [String] { ProgressText(facts, id).lines }
    func plain() -> [String] { [ProgressText(facts, id).plain] }
    func json() throws -> [String] { [try ProgressJSON(facts, id).line()] }
}
