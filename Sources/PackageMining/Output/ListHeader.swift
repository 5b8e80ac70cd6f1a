/// The first line of a list.
public enum ListHeader: String, CaseIterable, Sendable {
    case standard

    /// What older scripts of this field read.
    case legacy

    public var columns: [String] {
        switch self {
        case .standard: ["Package ID", "Platform", "Name", "Homepage", "Repository"]
        case .legacy: ["ID", "Platform", "Name", "Homepage URL", "Repository URL"]
        }
    }
}
