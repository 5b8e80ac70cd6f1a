/// Azure DevOps and Azure DevOps Server (https://learn.microsoft.com/azure/devops/repos/git).
///
/// `/organisation/[project/[team/]]_git/[_full/|_optimized/]name`. A project's name is left out where its repository
/// bears it, a team is a view of its project, and the words before the name say how much of it is to be fetched. Names
/// are told apart without regard to case.
extension AddressReader {
    mutating func azure(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard let mark = azureMark(text), mark > 0 else { throw .projectPage }
        try writeAzure(entry, organisation: segments[0], 1..<mark, try azureName(text, mark), text)
    }

    /// `v3/organisation/project/name`, and before it `[DefaultCollection/]project/_ssh/name` with the organisation for
    /// the user.
    mutating func azureSSH(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        if let mark = azureMark(text) {
            let first = isDefaultCollection(text) ? 1 : 0
            guard !parts.user.isEmpty, first <= mark else { throw .malformed }
            return try writeAzure(
                entry, organisation: parts.user, first..<mark, try azureName(text, mark), text)
        }
        if let first = segments.first, text.all(in: first, ASCII.isDigit) { segments.removeFirst() }
        guard segments.count >= 4, text.equals("v3", segments[0]) else { throw .malformed }
        let name = isView(text, segments[3]) ? 4 : 3
        guard segments.count == name + 1 else { throw .malformed }
        try writeAzure(entry, organisation: segments[1], 2..<3, name, text)
    }

    /// `organisation.visualstudio.com/[DefaultCollection/]project/_git/name`, as Azure DevOps was called.
    mutating func visualStudio(
        _ entry: HostIndex.Entry, _ before: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        let organisation = Array(host[..<before])
        guard !organisation.contains(ASCII.dot) else { throw .hostPage }
        if isDefaultCollection(text) { segments.removeFirst() }
        guard let mark = azureMark(text) else { throw .projectPage }
        let name = try azureName(text, mark)
        begin(entry, text)
        append(word: organisation)
        try appendAzure(entry, 0..<mark, name, text)
    }

    /// `host/[tfs/]collection/[project/[team/]]_git/name` on a server of one's own.
    ///
    /// Only behind `tfs`, which it is set up with, is it known how many names there are.
    mutating func azureServer(_ mark: Int, _ text: Span<UInt8>) throws(NoRepository) {
        let name = try azureName(text, mark)
        let entry = HostIndex.ignoringCase
        let base = segments.first.map { text.equals("tfs", $0) } == true ? 1 : 0
        let isKnown = mark > base && mark <= base + (base == 1 ? 3 : 1)
        begin(entry, text)
        for index in 0..<(isKnown ? base + 1 : mark) { try append(text, segments[index], entry, .path) }
        if isKnown { return try appendAzure(entry, base + 1..<mark, name, text) }
        try appendName(entry, name, text)
    }

    /// Where `_git` or `_ssh` stands, behind which the repository's name is.
    func azureMark(_ text: Span<UInt8>) -> Int? {
        segments.firstIndex { text.equals("_git", $0) || text.equals("_ssh", $0) }
    }

    private func azureName(_ text: Span<UInt8>, _ mark: Int) throws(NoRepository) -> Int {
        let name = mark + 1 < segments.count && isView(text, segments[mark + 1]) ? mark + 2 : mark + 1
        guard name < segments.count else { throw .projectPage }
        try refuseLonger(text, than: name + 1)
        return name
    }

    private func isView(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        text.equals("_optimized", segment) || text.equals("_full", segment)
    }

    private func isDefaultCollection(_ text: Span<UInt8>) -> Bool {
        segments.first.map { text.equals("defaultcollection", $0) } ?? false
    }

    private mutating func writeAzure(
        _ entry: HostIndex.Entry, organisation: Range<Int>, _ names: Range<Int>, _ name: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        begin(entry, text)
        try append(text, organisation, entry, .path)
        try appendAzure(entry, names, name, text)
    }

    /// The project, `_git` and the repository; `names` are the places of the project and, maybe, its team.
    private mutating func appendAzure(
        _ entry: HostIndex.Entry, _ names: Range<Int>, _ name: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        guard names.count <= 2 else { throw .malformed }
        let project = names.first.map { segments[$0] } ?? bareSegment(text, segments[name])
        try append(text, project, entry, .path)
        try appendName(entry, name, text)
    }

    /// No repository's name begins with `_`
    /// (https://learn.microsoft.com/azure/devops/organizations/settings/naming-restrictions).
    private mutating func appendName(
        _ entry: HostIndex.Entry, _ name: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        guard text[segments[name].lowerBound] != UInt8(ascii: "_") else { throw .projectPage }
        append(word: Self.git)
        try append(text, segments[name], entry, .pathName)
    }

    private func bareSegment(_ text: Span<UInt8>, _ segment: Range<Int>) -> Range<Int> {
        segment.lowerBound..<nameEnd(text, segment, isStrict: false)
    }

    private static let git = Array("_git".utf8)
}
