import ChecksumDatabase
import PackageMining

/// The roots of a tree's parts, each proven by the root of the whole.
struct TreeProofs {
    let head: TreeHead
    private let requests: DatabaseRequests
    private let shape: TreeShape
    private let hasher: TreeHasher

    /// Tiles of hashes that were asked for.
    private var known: [Tile: [TreeHash]] = [:]

    init(of head: TreeHead, _ requests: DatabaseRequests) throws {
        self.head = head
        self.requests = requests
        shape = TreeShape(size: head.size)
        hasher = try TreeHasher()
    }

    /// The root of each group of 65,536 records.
    mutating func groupRoots() async throws -> [TreeHash] {
        if shape.groups == 1 { return [head.root] }
        var roots: [TreeHash] = []
        for tile in shape.tilesOfGroupRoots { roots += try await hashes(tile) }
        if roots.count < shape.groups { roots += root(of: try await children(ofGroup: roots.count)) }
        guard hasher.root(of: roots) == head.root || head.isEmpty else {
            throw broken(known.keys.map(\.path).sorted(), "the root that is signed, which is of \(head)")
        }
        return roots
    }

    /// The root of each data tile of a group with that root.
    mutating func tileRoots(ofGroup group: Int, root: TreeHash) async throws -> [TreeHash] {
        let children = try await children(ofGroup: group)
        guard hasher.root(of: children) == root else {
            let tiles = [shape.tileOfTileRoots(inGroup: group), shape.tileOfLastLeaves(inGroup: group)]
            throw broken(tiles.compactMap { $0?.path }, "the root that the tree has for them")
        }
        return children
    }

    /// Holds the tree to be the earlier one with records added behind it.
    mutating func holdToGrowth(from earlier: TreeHead, groupRoots: [TreeHash]) async throws {
        let before = TreeShape(size: earlier.size)
        let whole = earlier.size / TreeShape.groupSize
        var roots = Array(groupRoots[..<whole])
        if before.groups > whole {
            let now = try await tileRoots(ofGroup: whole, root: groupRoots[whole])
            var children = Array(now[..<(before.records(inGroup: whole) / Tile.width)])
            if let last = before.tileOfLastLeaves(inGroup: whole) {
                let leaves = try await leaves(ofTile: last.number, root: now[children.count])
                children += root(of: Array(leaves[..<last.count]))
            }
            roots += root(of: children)
        }
        guard hasher.root(of: roots) == earlier.root else { throw Self.fork(from: earlier, to: head, requests) }
    }

    /// The error of a tree that is not an earlier one with records added.
    static func fork(from earlier: TreeHead, to head: TreeHead, _ requests: DatabaseRequests) -> BrokenProof {
        requests.made.forget()
        return BrokenProof(
            at: requests.setting.address(of: "latest"),
            "the tree is not the one that was verified before, with records added: it was of \(earlier), and is of "
                + "\(head)")
    }

    private mutating func children(ofGroup group: Int) async throws -> [TreeHash] {
        var children: [TreeHash] = []
        if let tile = shape.tileOfTileRoots(inGroup: group) { children = try await hashes(tile) }
        if let last = shape.tileOfLastLeaves(inGroup: group) { children += root(of: try await hashes(last)) }
        return children
    }

    private mutating func leaves(ofTile number: Int, root: TreeHash) async throws -> [TreeHash] {
        let tile = Tile(.hashes(0), number, count: shape.dataTile(number).count)
        let leaves = try await hashes(tile)
        guard hasher.root(of: leaves) == root else { throw broken([tile.path], "the root that the tree has for them") }
        return leaves
    }

    private mutating func hashes(_ tile: Tile) async throws -> [TreeHash] {
        if let found = known[tile] { return found }
        let found = try await requests.hashes(tile)
        known[tile] = found
        return found
    }

    /// As a list, empty for an empty tree.
    private func root(of children: [TreeHash]) -> [TreeHash] {
        hasher.root(of: children).map { [$0] } ?? []
    }

    private func broken(_ paths: [String], _ root: String) -> BrokenProof {
        requests.made.forget()
        return BrokenProof(
            at: requests.setting.url, "the hashes of \(paths.joined(separator: ", ")) do not have \(root)")
    }
}
