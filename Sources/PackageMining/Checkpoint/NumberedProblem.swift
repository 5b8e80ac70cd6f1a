/// A problem with a package, and the package's ID.
public struct NumberedProblem: Sendable {
    public let package: Int
    public let problem: Problem

    public init(package: Int, problem: Problem) {
        self.package = package
        self.problem = problem
    }
}
