// Verifies a whole checksum database with golang.org/x/mod's own packages, and counts its module paths: what an audit
// does, by hand.
//
//	main KEY ADDRESS
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var client = http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fetch(address string) []byte {
	response, err := client.Get(address)
	check(err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		check(fmt.Errorf("%s: %s", address, response.Status))
	}
	body, err := io.ReadAll(response.Body)
	check(err)
	return body
}

// The hashes and the paths of a data tile.
func read(address string, tile tlog.Tile) (hashes []tlog.Hash, paths [][]byte) {
	rest := fetch(address + "/" + tile.Path())
	for len(rest) > 0 {
		_, text, more, err := tlog.ParseRecord(rest)
		check(err)
		hashes = append(hashes, tlog.RecordHash(text))
		paths = append(paths, text[:bytes.IndexByte(text, ' ')])
		rest = more
	}
	return hashes, paths
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	address := os.Args[2]
	signed, err := note.Open(fetch(address+"/latest"), note.VerifierList(verifier))
	check(err)
	tree, err := tlog.ParseTree([]byte(signed.Text))
	check(err)

	type answer struct {
		hashes []tlog.Hash
		paths  [][]byte
	}
	tiles := (tree.N + 255) / 256
	answers := make([]chan answer, tiles)
	slots := make(chan bool, 64)
	for n := range answers {
		answers[n] = make(chan answer, 1)
	}
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for n := int64(0); n < tiles; n++ {
			slots <- true
			go func(n int64) {
				width := tree.N - n*256
				if width > 256 {
					width = 256
				}
				hashes, paths := read(address, tlog.Tile{H: 8, L: -1, N: n, W: int(width)})
				answers[n] <- answer{hashes, paths}
			}(n)
		}
	}()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	seen := map[string]bool{}
	record := int64(0)
	for n := range answers {
		tile := <-answers[n]
		<-slots
		for i, hash := range tile.hashes {
			more, err := tlog.StoredHashesForRecordHash(record, hash, reader)
			check(err)
			stored = append(stored, more...)
			if !seen[string(tile.paths[i])] {
				seen[string(tile.paths[i])] = true
			}
			record++
		}
	}
	all.Wait()
	root, err := tlog.TreeHash(tree.N, reader)
	check(err)
	if root != tree.Hash {
		check(fmt.Errorf("the tree has the root %v, and %v is signed", root, tree.Hash))
	}
	fmt.Printf("%d records, %d module paths, root %v\n", tree.N, len(seen), root)
}
