import PackageMining
import Synchronization

extension Conformance {
    /// The registry changes while its list is walked: between two requests of the walk, at up to six places.
    func midWalkAttacks() async throws -> AttackPlan {
        let requests = try await listingRequests()
        let places = Set((0..<6).map { 2 + $0 * max(0, requests - 2) / 5 }).filter { 2...max(2, requests) ~= $0 }
        let names = try makeFixture().expected.filter { $0.outcome != .withdrawn }.map(\.name)
        let removed = Set([0, names.count / 2, names.count - 1]).sorted().filter(names.indices.contains)
        var plan = AttackPlan()
        plan.add(
            places.sorted().map { place in
                Attack("the registry grows before listing request \(place)") {
                    try await self.change(before: place) { $0.grow() }
                }
            }, if: requests > 1, else: "give the fixture a list of two pages")
        try plan.add(
            places.sorted().flatMap { place in
                removed.map { index in
                    Attack("package \(index + 1) is taken back before listing request \(place)") {
                        try await self.change(before: place) { _ = $0.remove(names[index]) }
                    }
                }
            }, if: requests > 1 && canRemove(), given: "remove(_:)")
        return plan
    }

    func canRemove() throws -> Bool {
        let fixture = try makeFixture()
        return fixture.expected.first.map { fixture.remove($0.name) } ?? false
    }

    /// How many requests an undisturbed run makes for the list.
    private func listingRequests() async throws -> Int {
        let probe = try await probe()
        return probe.kinds.filter(\.isListing).map { probe.targets[$0]?.count ?? 0 }.reduce(0, +)
    }

    private func change(before place: Int, _ change: @escaping @Sendable (Fixture) -> Void) async throws -> String? {
        let fixture = try smallPages()
        let before = Set(fixture.expected)
        let walk = Mutex((requests: 0, isChanged: false))
        let answer = { @Sendable (request: LoopbackRequest) -> LoopbackAnswer in
            if fixture.kind(of: request).isListing {
                walk.withLock { walk in
                    walk.requests += 1
                    if walk.requests == place, !walk.isChanged {
                        walk.isChanged = true
                        change(fixture)
                    }
                }
            }
            return fixture.answer(to: request)
        }
        return try await open(fixture, answering: answer) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            if case .failure(let error) = try await stage.run(process) {
                return "the run ended with an error: \(printable("\(error)"))"
            }
            if let lost = try stage.lost(of: before) { return lost }
            // A walk that came to its end before that place.
            walk.withLock { walk in
                if !walk.isChanged { change(fixture) }
                walk.isChanged = true
            }
            return try await stage.runToTheRows().map { "in the next run: \($0)" }
        }
    }
}

extension Stage {
    /// A package that was there when the walk began, and is there still, and is not in the list.
    fileprivate func lost(of before: Set<ExpectedRow>) throws -> String? {
        let told = try Set(rows(of: list() ?? []))
        let lost = fixture.expected.first { row in
            before.contains(row) && row.outcome != .withdrawn && !told.contains(fields(of: row))
        }
        return lost.map { "\"\(printable($0.name))\" was there all the time and is not in the list as it should be" }
    }

    /// A run that ends with exit code 0 and the fixture's rows. Which Package IDs they have depends on what the walk met.
    fileprivate func runToTheRows() async throws -> String? {
        switch try await run() {
        case .failure(let error): return "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode != 0: return try exitCodeInWords(report)
        case .success: break
        }
        let expected = Set(fixture.expected.filter { $0.outcome != .withdrawn }.map(fields))
        let told = try Set(rows(of: list() ?? []))
        let wrong =
            expected.subtracting(told).map { ($0, "is missing") } + told.subtracting(expected).map { ($0, "is wrong") }
        return wrong.min { $0.0[0].lexicographicallyPrecedes($1.0[0]) }.map { row, what in
            "the row \(printable(String(decoding: Array(row.joined(separator: [44])), as: UTF8.self))) \(what)"
        }
    }

    /// The rows of a list without Package ID and platform.
    private func rows(of list: [UInt8]) throws -> [[[UInt8]]] {
        readCSV(list).dropFirst().map { Array($0.dropFirst(2)) }
    }

    private func fields(of row: ExpectedRow) -> [[UInt8]] {
        [row.name, row.homepage ?? "nan", row.repository ?? "nan"].map { Array($0.utf8) }
    }
}
