/// The text in lower case, character by character: what registries make of a name to compare it without its case.
///
/// A character whose lower case would be several stays as it is, and none is looked at for its neighbours, as .NET's
/// `ToLowerInvariant` and Java's `Character.toLowerCase` have it; Swift's own `lowercased()` does both.
public func simpleLowercase(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        result.append(lower.count == 1 ? lower[lower.startIndex] : scalar)
    }
    return String(result)
}
