/// What a page means for a walk, and the place behind it.
struct WalkStep<Cursor> {
    enum Meaning {
        /// It leads on.
        case news
        /// It has nothing new, and another question has to be asked before that means anything.
        case onward
        /// Nothing is there. Asked again, that is the end.
        case nothing
        /// Nothing is there, and it was asked again.
        case end
    }

    let meaning: Meaning
    let place: Cursor

    init(_ meaning: Meaning, _ place: Cursor) {
        self.meaning = meaning
        self.place = place
    }
}

/// The list cannot be walked on.
struct WalkStandstill: Error {
    let reason: String
}
