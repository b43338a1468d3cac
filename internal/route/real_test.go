package route

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// changesFolder is given by "make corpora".
var changesFolder = flag.String("changes", "", "folder of *.diff files: most invariants are then held against these changes")

// maxRealFiles keeps a round short: a world is decided several times.
const maxRealFiles = 60

// realChanges reads the folder once; empty where none was given.
var realChanges = sync.OnceValue(func() []change.Change {
	if *changesFolder == "" {
		return nil
	}
	names, err := filepath.Glob(filepath.Join(*changesFolder, "*.diff"))
	if err != nil || len(names) == 0 {
		panic("no *.diff files in " + *changesFolder)
	}
	var all []change.Change
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		files, err := change.Parse(bytes.NewReader(text))
		if err != nil {
			panic(name + ": " + err.Error())
		}
		if len(files) > 0 && len(files) <= maxRealFiles {
			all = append(all, change.Change{Base: "b", Head: "h", Files: files})
		}
	}
	return all
})
