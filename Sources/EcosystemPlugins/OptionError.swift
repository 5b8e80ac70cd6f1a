/// What is wrong with the options of a plug-in, and what to give instead.
public struct OptionError: Error, CustomStringConvertible {
    public let description: String

    /// - Parameter hint: what to do, in a line.
    public init(_ reason: String, hint: String) { description = "\(reason)\nhint: \(hint)" }
}
