import PackageMining
import RecordReaders

extension HexMiner {
    /// Takes the names of all public packages, which mix itself reads (hexpm/specifications, `registry/names.proto`, August
    /// 2026).
    ///
    /// ```
    /// message Signed { required bytes payload = 1; optional bytes signature = 2; }
    /// message Names { repeated Package packages = 1; required string repository = 2; }
    /// message Package { required string name = 1; optional Timestamp updated_at = 3; }
    /// ```
    static func take(_ page: inout Page, _ signed: ProtobufMessage) throws {
        let names = try ProtobufMessage(signed.needed(1))
        let repository = try names.neededText(2)
        guard repository == "hexpm" else { throw RecordError(at: "names", "they are of the repository \(repository)") }
        for package in names.all(1) { page.appendUnchanged(name: try ProtobufMessage(package).neededText(1)) }
    }
}
