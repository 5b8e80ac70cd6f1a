extension String {
    /// Whether it can be, as it is, the name of a file in the folder of the lists: no path, not hidden, no control
    /// characters.
    package var isFileName: Bool {
        !isEmpty && !hasPrefix(".")
            && !unicodeScalars.contains { $0 == "/" || $0.properties.generalCategory == .control }
    }
}
