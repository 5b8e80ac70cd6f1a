/// A problem with a package, and the package's ID.
public struct NumberedProblem: Sendable {
    public let package: PackageID
    public let problem: Problem

    public init(package: PackageID, problem: Problem) {
        self.package = package
        self.problem = problem
    }
}
