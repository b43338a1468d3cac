package route

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// changesFolder is given by "make corpora".
var changesFolder = flag.String("changes", "", "folder of *.json files, each the files of a change: most worlds are then made of these")

// maxRealFiles keeps a round short: a world is decided several times.
const maxRealFiles = 60

// realChanges reads the folder once; empty where none was given.
var realChanges = sync.OnceValue(func() []change.Change {
	if *changesFolder == "" {
		return nil
	}
	names, err := filepath.Glob(filepath.Join(*changesFolder, "*.json"))
	if err != nil || len(names) == 0 {
		panic("no *.json files in " + *changesFolder)
	}
	var all []change.Change
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var files []change.File
		if err := json.Unmarshal(text, &files); err != nil {
			panic(name + ": " + err.Error())
		}
		if len(files) > 0 && len(files) <= maxRealFiles {
			all = append(all, change.Change{Base: "b", Head: "h", Files: files})
		}
	}
	return all
})
