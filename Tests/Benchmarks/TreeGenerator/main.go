// Writes a checksum database of any size with golang.org/x/mod's own packages, in memory for a few tiles: `latest`, all
// data tiles and all hash tiles.
//
//	main SECRET RECORDS MODULES FOLDER
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const width = 1 << height

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func record(number, modules int64) []byte {
	version := fmt.Sprintf("github.com/owner-%07d/some-project v0.%d.0", number*7919%modules, number)
	hash := make([]byte, 32)
	binary.BigEndian.PutUint64(hash[24:], uint64(number))
	sum := base64.StdEncoding.EncodeToString(hash)
	return []byte(version + " h1:" + sum + "\n" + version + "/go.mod h1:" + sum + "\n")
}

// The tiles that grow, one a level: of how many records each of its hashes is, and how many tiles are done.
type level struct {
	hashes []tlog.Hash
	done   int64
}

type database struct {
	folder string
	levels []level
	data   []byte
}

func (db *database) write(tile tlog.Tile, content []byte) {
	file := filepath.Join(db.folder, tile.Path())
	if tile.N%1000 == 0 || tile.W < width {
		check(os.MkdirAll(filepath.Dir(file), 0o755))
	}
	check(os.WriteFile(file, content, 0o644))
}

func (db *database) add(at int, hash tlog.Hash) {
	if at == len(db.levels) {
		db.levels = append(db.levels, level{})
	}
	l := &db.levels[at]
	l.hashes = append(l.hashes, hash)
	if len(l.hashes) < width {
		return
	}
	db.writeLevel(at)
	root := subtree(l.hashes)
	l.hashes = l.hashes[:0]
	l.done++
	db.add(at+1, root)
}

// Writes the hashes of a level's tile, and the records where it is the lowest.
func (db *database) writeLevel(at int) {
	l := db.levels[at]
	var content []byte
	for _, hash := range l.hashes {
		content = append(content, hash[:]...)
	}
	db.write(tlog.Tile{H: height, L: at, N: l.done, W: len(l.hashes)}, content)
	if at == 0 {
		db.write(tlog.Tile{H: height, L: -1, N: l.done, W: len(l.hashes)}, db.data)
		db.data = db.data[:0]
	}
}

// The hash over a power of two of hashes.
func subtree(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	half := len(hashes) / 2
	return tlog.NodeHash(subtree(hashes[:half]), subtree(hashes[half:]))
}

// What a tree's root is made of lies in the tiles that are not whole.
func (db *database) read(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		at, number := tlog.SplitStoredHashIndex(index)
		l := db.levels[at/height]
		size := int64(1) << (at % height)
		first := number*size - l.done*width
		found = append(found, subtree(l.hashes[first:first+size]))
	}
	return found, nil
}

func main() {
	size, err := strconv.ParseInt(os.Args[2], 10, 64)
	check(err)
	modules, err := strconv.ParseInt(os.Args[3], 10, 64)
	check(err)
	db := database{folder: os.Args[4]}
	for number := int64(0); number < size; number++ {
		text := record(number, modules)
		formatted, err := tlog.FormatRecord(number, text)
		check(err)
		db.data = append(db.data, formatted...)
		db.add(0, tlog.RecordHash(text))
	}
	for at := range db.levels {
		if len(db.levels[at].hashes) > 0 {
			db.writeLevel(at)
		}
	}
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(db.read))
	check(err)
	signer, err := note.NewSigner(os.Args[1])
	check(err)
	signed, err := note.Sign(&note.Note{Text: string(tlog.FormatTree(tlog.Tree{N: size, Hash: root}))}, signer)
	check(err)
	check(os.WriteFile(filepath.Join(db.folder, "latest"), signed, 0o644))
}
