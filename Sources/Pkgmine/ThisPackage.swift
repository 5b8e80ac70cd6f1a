/// This package, as it tells programs of itself.
public enum ThisPackage {
    /// The one place where it stands.
    public static let version = "0.1.0"
}
