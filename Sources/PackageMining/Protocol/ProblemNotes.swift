/// Keeps what is not right in a registry's list, until it is stored with what is.
public protocol ProblemNotes {
    mutating func note(_ problem: Problem)
}

extension Page: ProblemNotes {}

extension [Problem]: ProblemNotes {
    public mutating func note(_ problem: Problem) { append(problem) }
}
