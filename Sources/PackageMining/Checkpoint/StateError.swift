import Foundation

/// Why a state cannot be used. Each says what is safe and what to do.
public enum StateError: Error, Equatable, Sendable {
    /// Another run works on it.
    case locked(file: String, holder: String)
    /// A newer pkgmine wrote it.
    case newerFormat(file: String, found: Int, readable: Int)
    /// An older pkgmine wrote it.
    case olderFormat(file: String, found: Int, readable: Int)
    /// It is no state of ours, or SQLite finds it damaged.
    case damaged(file: String, reason: String)
    /// It holds the list of another registry, or one made with other options.
    case otherList(file: String, held: String, asked: String)
    /// It holds no list yet that could have been made from elsewhere.
    case nothingMoved(file: String, from: String)
    /// The cursors in it are of another format than the miner's, or do not read back.
    case otherCursors(file: String, reason: String)
    /// It was removed, renamed or replaced while a run worked on it.
    case movedAway(file: String)
    /// Its disk has little room left: `kept` bytes are for publishing what is known.
    case diskNearlyFull(folder: String, free: Int, kept: Int)
    /// A folder or file that cannot be made, read or written.
    case unusable(file: String, reason: String)
}

extension StateError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .locked(let file, let holder):
            """
            another run works on this folder
              at: \(file)
              because: it is held by \(holder)
              saved: everything; nothing was changed

            hint: wait until that run has ended, or choose another folder with --output-dir
            """
        case .newerFormat(let file, let found, let readable):
            """
            the state was written by a newer pkgmine
              at: \(file)
              because: its format is \(found), and this pkgmine reads up to \(readable)
              saved: everything; nothing was changed

            hint: update pkgmine, or choose another folder with --output-dir
            """
        case .olderFormat(let file, let found, let readable):
            """
            the state was written by an older pkgmine
              at: \(file)
              because: its format is \(found), and this pkgmine reads format \(readable)
              saved: everything; nothing was changed

            hint: start over with --fresh, which keeps the old state aside until the new list is published; or go on
            with the pkgmine that wrote it
            """
        case .damaged(let file, let reason):
            """
            the state cannot be read
              at: \(file)
              because: \(reason)
              saved: the published list is untouched, and so is the damaged file

            hint: put a copy of the state back in its place; or start over with --fresh, which keeps the damaged
            file aside as long as no new list is published
            """
        case .otherList(let file, let held, let asked):
            """
            this folder holds another list
              at: \(file)
              because: it was made from \(held), and this run asks for \(asked)
              saved: everything; nothing was changed

            hint: choose another folder with --output-dir; or say --moved-from with the address that it was made from, if
            it is the same registry elsewhere, which keeps the Package IDs; or start over with --fresh
            """
        case .nothingMoved(let file, let from):
            """
            this folder holds no list that could have moved
              at: \(file)
              because: nothing in it was made from \(from)
              saved: nothing was begun

            hint: see that --output-dir names the folder of the list, or leave --moved-from out to begin one
            """
        case .otherCursors(let file, let reason):
            """
            this pkgmine cannot go on where the state stands
              at: \(file)
              because: \(reason)
              saved: everything; nothing was changed

            hint: start over with --fresh, which keeps the old state aside until the new list is published; or go on
            with the pkgmine that wrote it
            """
        case .movedAway(let file):
            """
            the state is gone
              at: \(file)
              because: the file or its folder was removed, renamed or replaced during the run
              saved: what the folder held, if it is still somewhere

            hint: put the folder back, then run the same command again
            """
        case .diskNearlyFull(let folder, let free, let kept):
            """
            the disk is nearly full
              at: \(folder)
              because: \(roundBytes(free)) are free there, and \(roundBytes(kept)) are kept to publish what is known
              saved: all that was stored so far

            hint: make room there, or move the whole output folder to a larger disk; then run the same command again,
            which goes on where this run has stopped
            """
        case .unusable(let file, let reason):
            """
            the state cannot be stored
              at: \(file)
              because: \(reason)
              saved: what was stored before

            hint: make room or give write permission there, or choose another folder with --output-dir; then run
            the same command again
            """
        }
    }
}
